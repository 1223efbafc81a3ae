import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { attendanceKeys, type Command, cancelCommand, commandsQuery } from "../api/attendance";
import { day, dayAndClock } from "../format/time";
import { useWords } from "../i18n";
import { useAgency } from "../shell/agency";
import { Failure } from "../states/Failure";
import { Glyph, type Shape } from "../states/Glyph";
import { Refusal } from "../states/Refusal";
import { Waiting } from "../states/Waiting";
import { isKind } from "./commands";
import classes from "./terminal.module.css";

const SHAPES: Record<Command["state"], Shape> = {
  queued: "waiting",
  sent: "waiting",
  done: "full",
  failed: "wrong",
  unanswered: "warning",
  cancelled: "hollow",
  unsolicited: "hollow",
};

/** What the terminal was asked to do, and what it answered. */
export function CommandHistory({ serial, mayCancel }: { serial: string; mayCancel: boolean }) {
  const { t } = useWords();
  const commands = useQuery(commandsQuery(serial));
  if (commands.data === undefined) {
    return commands.error !== null ? <Failure error={commands.error} retry={commands.refetch} /> : <Waiting rows={3} />;
  }
  if (commands.data.length === 0) return <p className="quiet">{t("terminal.noCommands")}</p>;
  return (
    <ul className={classes.list}>
      {commands.data.map((command) => (
        <Row key={command.id} command={command} mayCancel={mayCancel} />
      ))}
    </ul>
  );
}

function Row({ command, mayCancel }: { command: Command; mayCancel: boolean }) {
  const { t, language } = useWords();
  const { zone } = useAgency();
  const client = useQueryClient();
  const cancelling = useMutation({
    mutationFn: () => cancelCommand(command.serial, command.id),
    onSettled: () => client.invalidateQueries({ queryKey: attendanceKeys.all }),
  });
  const { kind, parameters, state, meaning } = command;
  const period = [parameters.start, parameters.end]
    .filter((time) => time !== undefined)
    .map((time) => day(time.slice(0, 10), language))
    .join(" – ");
  return (
    <li>
      <div className={classes.command}>
        <span className={classes.what}>
          <Glyph shape={SHAPES[state]} /> <strong>{isKind(kind) ? t(`command.${kind}`) : kind}</strong>{" "}
          {t(`commandState.${state}`)}
          {meaning !== "" && `: ${meaning}`}
        </span>
        {mayCancel && state === "queued" && (
          <Button variant="default" loading={cancelling.isPending} onClick={() => cancelling.mutate()}>
            {t("terminal.cancel")}
          </Button>
        )}
      </div>
      <p className="quiet">
        {dayAndClock(command.finished ?? command.sent ?? command.created, zone, language)}
        {period !== "" && ` · ${period}`}
        {command.why !== "" && ` · ${command.why}`}
      </p>
      <Refusal error={cancelling.error} />
    </li>
  );
}
