import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import { type Terminal, terminalQuery } from "../api/attendance";
import { isMissing } from "../api/client";
import { devicesQuery } from "../api/queries";
import type { Device } from "../api/types";
import { useWords } from "../i18n";
import { usePerson } from "../session/useSession";
import { href } from "../shell/address";
import { usePlace } from "../shell/usePlace";
import { useTitle } from "../shell/useTitle";
import { Failure } from "../states/Failure";
import { Glyph } from "../states/Glyph";
import { Notice } from "../states/Notice";
import { Waiting } from "../states/Waiting";
import { AlertList } from "./AlertList";
import { SHAPE } from "./attention";
import { CommandHistory } from "./CommandHistory";
import { Records } from "./Records";
import { TerminalActions } from "./TerminalActions";
import { Heard, Registered } from "./TerminalFacts";
import classes from "./terminal.module.css";

/** One terminal: how it is, what it owes, what it was asked to do. */
export function TerminalPage({ serial }: { serial: string }) {
  const { t } = useWords();
  const { search } = usePlace();
  const terminal = useQuery(terminalQuery(serial));
  const devices = useQuery(devicesQuery());
  const device = devices.data?.items.find((one) => one.serial === serial);
  const heading = useTitle(terminal.data?.name || serial, serial, terminal.data !== undefined);
  return (
    <div className={classes.page}>
      <p>
        <Link href={href("/mesin", {}, search)}>{t("terminal.back")}</Link>
      </p>
      {terminal.data === undefined ? (
        isMissing(terminal.error) ? (
          <Notice page alert title={t("terminal.missing")}>
            <p>{t("terminal.missingText", { serial })}</p>
          </Notice>
        ) : terminal.error !== null ? (
          <Failure page error={terminal.error} retry={terminal.refetch} />
        ) : (
          <Waiting rows={8} height={28} />
        )
      ) : (
        <>
          <h1 ref={heading} tabIndex={-1}>
            {terminal.data.name || serial}
          </h1>
          <State terminal={terminal.data} device={device} />
          <AlertList alerts={terminal.data.alerts} />
          {device !== undefined && <Records device={device} />}
          <Orders terminal={terminal.data} />
          <div className={classes.columns}>
            <Heard terminal={terminal.data} device={device} asOf={devices.data?.freshness.as_of} />
            <Registered terminal={terminal.data} />
          </div>
        </>
      )}
    </div>
  );
}

function State({ terminal, device }: { terminal: Terminal; device: Device | undefined }) {
  const { t } = useWords();
  return (
    <p className={classes.state}>
      {terminal.status === "retired" ? (
        <>
          <Glyph shape="wrong" size={14} /> {t("terminal.retired")}
        </>
      ) : (
        device !== undefined && (
          <>
            <Glyph shape={SHAPE[device.state]} size={14} /> {t(`terminals.${device.state}`)}
          </>
        )
      )}
      <span className="quiet">
        {terminal.serial} · {terminal.site?.name ?? t("terminals.noSite")}
      </span>
    </p>
  );
}

function Orders({ terminal }: { terminal: Terminal }) {
  const { t } = useWords();
  const { person } = usePerson();
  const mayAct = person.roles.includes("operator");
  return (
    <section className={classes.section}>
      <h2>{t("terminal.commands")}</h2>
      {mayAct && terminal.status !== "retired" && <TerminalActions terminal={terminal} />}
      <CommandHistory serial={terminal.serial} mayCancel={mayAct} />
    </section>
  );
}
