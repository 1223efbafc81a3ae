import { Button } from "@mantine/core";
import type { StateFilter } from "../api/types";
import { useWords } from "../i18n";
import { usePlace } from "../shell/usePlace";
import { Notice } from "../states/Notice";

/** An empty list says which of its reasons it is. */
export function NoPeople({ state, q }: { state: StateFilter; q: string }) {
  const { t } = useWords();
  const { to, replace } = usePlace();
  if (q !== "") {
    return (
      <Notice
        small
        title={t("people.none", { q })}
        actions={
          <Button variant="default" onClick={() => replace(to({ q: "" }))}>
            {t("people.clear")}
          </Button>
        }
      />
    );
  }
  const why = {
    all: t("people.noneHere"),
    present: t("people.nonePresent"),
    not_yet: t("people.noneMissing"),
    away: t("people.noneAway"),
    off: t("people.noneOff"),
  };
  return <Notice small title={why[state]} />;
}
