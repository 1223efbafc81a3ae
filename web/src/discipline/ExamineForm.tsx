import { useState } from "react";
import { type Case, examineCase } from "../api/discipline";
import { useWords } from "../i18n";
import { useToday } from "../shell/useToday";
import { CommandForm } from "../states/CommandForm";
import { DateField } from "../states/DateField";
import { fieldErrors } from "../states/Refusal";
import { ChoosePerson, type Chosen } from "../superiors/ChoosePerson";
import { useStep } from "./useStep";

/** A summons and the day of its hearing; with the team, where one examines. */
export function ExamineForm({ found, close }: { found: Case; close: () => void }) {
  const { t } = useWords();
  const today = useToday();
  const earliest = found.deadlines.find(({ what }) => what === "hearing")?.on ?? "";
  const [summoned, setSummoned] = useState(today);
  const [hearing, setHearing] = useState(earliest);
  const [team, setTeam] = useState<readonly (Chosen | null)[]>(
    found.examines === "none" ? [] : Array.from({ length: found.team_least }, () => null),
  );
  const members = team.flatMap((one) => (one === null ? [] : [one.id]));
  const examining = useStep(
    () => examineCase(found, { summoned_on: summoned, hearing_on: hearing, team: members }),
    close,
  );
  const told = fieldErrors(examining.error);
  return (
    <CommandForm
      label={t("caseAct.examine")}
      lacking={summoned === "" || hearing === ""}
      command={examining}
      submit={t("caseAct.examineNow")}
      close={close}
      told={["summoned_on", "hearing_on"]}
      fields={(tried) => (
        <>
          <h3>{t("caseAct.examine")}</h3>
          <DateField
            label={t("discipline.summonedOn")}
            value={summoned}
            change={setSummoned}
            tried={tried}
            told={told.summoned_on}
          />
          <DateField
            label={t("discipline.hearingOn")}
            value={hearing}
            change={setHearing}
            tried={tried}
            told={told.hearing_on}
          />
          {team.map((one, n) => (
            <ChoosePerson
              // biome-ignore lint/suspicious/noArrayIndexKey: the places of a team have no other name
              key={n}
              label={t("discipline.member", { number: n + 1 })}
              chosen={one}
              choose={(chosen) => setTeam(team.map((was, place) => (place === n ? chosen : was)))}
              error={null}
            />
          ))}
        </>
      )}
    />
  );
}
