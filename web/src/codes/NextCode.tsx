import { Button, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { issueCode } from "../api/feedback";
import { useWords } from "../i18n";
import { fieldErrors, Refusal } from "../states/Refusal";
import { CitizenScreen } from "./CitizenScreen";
import classes from "./codes.module.css";
import type { Counter } from "./counterKept";
import { ShownCode } from "./ShownCode";

/** One button that makes a code, the code itself, and the next one. */
export function NextCode({ employeeId, counter }: { employeeId: string; counter: Counter }) {
  const { t } = useWords();
  const [reference, setReference] = useState("");
  const [turned, setTurned] = useState(false);
  const issuing = useMutation({
    mutationFn: () =>
      issueCode(employeeId, {
        service_id: counter.service_id,
        counter: counter.counter === "" ? null : counter.counter,
        reference: reference.trim() === "" ? null : reference.trim(),
      }),
    onSuccess: () => setReference(""),
  });
  const [shown, setShown] = useState<typeof issuing.data>(undefined);
  // A code that was made stays in sight while the next is asked for, and where that is refused.
  if (issuing.data !== undefined && issuing.data !== shown) setShown(issuing.data);
  const next = () => issuing.mutate();
  const section = useRef<HTMLElement>(null);
  // On a phone it stands below the button.
  // biome-ignore lint/correctness/useExhaustiveDependencies: each code anew
  useEffect(() => {
    section.current?.scrollIntoView({ block: "nearest" });
  }, [shown]);
  return (
    <div className={classes.work}>
      <form
        className={classes.make}
        aria-label={t("codes.make")}
        onSubmit={(event) => {
          event.preventDefault();
          next();
        }}
      >
        <TextInput
          label={t("codes.reference")}
          description={t("codes.referenceHint")}
          value={reference}
          onChange={(event) => setReference(event.currentTarget.value)}
          maxLength={60}
          autoComplete="off"
          error={fieldErrors(issuing.error).reference ?? null}
        />
        <Button type="submit" size="lg" className={classes.big} loading={issuing.isPending}>
          {t(shown === undefined ? "codes.new" : "codes.next")}
        </Button>
        <Refusal error={issuing.error} told={["reference"]} />
        <p className="quiet">{t("codes.neverUsed")}</p>
      </form>
      {shown !== undefined && (
        <section ref={section} className={classes.shown} aria-label={t("codes.theCode")}>
          <ShownCode code={shown} />
          <Button variant="default" onClick={() => setTurned(true)}>
            {t("codes.turn")}
          </Button>
        </section>
      )}
      {shown !== undefined && (
        <CitizenScreen
          code={shown}
          opened={turned}
          close={() => setTurned(false)}
          next={next}
          asking={issuing.isPending}
          error={issuing.error}
        />
      )}
    </div>
  );
}
