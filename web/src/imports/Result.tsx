import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "wouter";
import { applyImport, directoryKeys, type Import } from "../api/directory";
import { integer } from "../format/number";
import { useWords } from "../i18n";
import { usePerson } from "../session/useSession";
import { href } from "../shell/address";
import { usePlace } from "../shell/usePlace";
import { Refusal } from "../states/Refusal";
import { ImportStatus } from "./ImportStatus";
import classes from "./imports.module.css";
import { changes, IMPORTS, outcomeOf } from "./rules";

/** What became of it in words, and what to do now. */
export function Result({ found }: { found: Import }) {
  const { t } = useWords();
  const { search } = usePlace();
  const { person } = usePerson();
  const outcome = outcomeOf(found);
  if (outcome === "running") return null;
  const mayAct = person.roles.includes("bkpsdm");
  return (
    <section className={classes.section}>
      <div role="status">
        <h2>
          <ImportStatus found={found} />
        </h2>
      </div>
      <p>{t(`importAdvice.${outcome}`)}</p>
      {mayAct && outcome === "clean" && <Apply found={found} />}
      {mayAct && (outcome === "wrong" || outcome === "failed") && (
        <Button component={Link} href={href(IMPORTS, {}, search)} className={classes.start}>
          {t("imports.another")}
        </Button>
      )}
    </section>
  );
}

function Apply({ found }: { found: Import }) {
  const { t, language } = useWords();
  const client = useQueryClient();
  const applying = useMutation({
    mutationFn: () => applyImport(found.id),
    onSuccess: () => client.invalidateQueries({ queryKey: ["directory"] }),
    onError: () => client.invalidateQueries({ queryKey: directoryKeys.imports }),
  });
  const count = changes(found);
  return (
    <>
      <Refusal error={applying.error} />
      <Button loading={applying.isPending} onClick={() => applying.mutate()} className={classes.start}>
        {t("imports.apply", { count, number: integer(count, language) })}
      </Button>
    </>
  );
}
