import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { type ReadyPattern, scheduleKeys, takeReady } from "../api/schedules";
import { useWords } from "../i18n";
import { Refusal } from "../states/Refusal";
import classes from "./schedules.module.css";
import { Week } from "./Week";

/** A week of the law, ready to be taken over. `roots`: where there is no pattern yet, it is given to everybody at once. */
export function Ready({ ready, roots, from }: { ready: ReadyPattern; roots: string[]; from: string }) {
  const { t } = useWords();
  const client = useQueryClient();
  const key = useRef(crypto.randomUUID());
  const taking = useMutation({
    mutationFn: () => takeReady(ready.key, roots, from, key.current),
    onSuccess: () => client.invalidateQueries({ queryKey: scheduleKeys.all }),
    onError: () => {
      key.current = crypto.randomUUID();
    },
  });
  const version = ready.versions[0];
  return (
    <article className={classes.pattern} aria-label={ready.name}>
      <h3>{ready.name}</h3>
      {version !== undefined && <Week version={version} name={ready.name} />}
      <p className="quiet">{version?.source}</p>
      <Refusal error={taking.error} />
      <Button
        aria-label={`${t("schedules.take")}: ${ready.name}`}
        loading={taking.isPending}
        onClick={() => taking.mutate()}
      >
        {t(roots.length > 0 ? "schedules.takeForAll" : "schedules.take")}
      </Button>
    </article>
  );
}
