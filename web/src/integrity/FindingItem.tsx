import { Button } from "@mantine/core";
import { useState } from "react";
import { Link } from "wouter";
import { closeFinding, type Finding, integrityKeys } from "../api/integrity";
import { integer } from "../format/number";
import { day, dayAndClock } from "../format/time";
import { useWords } from "../i18n";
import { usePerson } from "../session/useSession";
import { href } from "../shell/address";
import { useAgency } from "../shell/agency";
import { usePlace } from "../shell/usePlace";
import { Glyph } from "../states/Glyph";
import { WordsForm } from "../states/WordsForm";
import classes from "./integrity.module.css";

/** One contradiction: what, where and whose. An auditor closes it with what was found out; who runs the system looks. */
export function FindingItem({ row, name }: { row: Finding; name: string | null }) {
  const { t, language } = useWords();
  const { zone } = useAgency();
  const { person } = usePerson();
  const { search } = usePlace();
  const [closing, setClosing] = useState(false);
  const [on, link] = row.place.split("/");
  const when = (at: string) => dayAndClock(at, zone, language);
  return (
    <li data-finding={row.id}>
      <h3>
        <Glyph shape={row.open ? "wrong" : "full"} /> {t(`findingKind.${row.kind}`)}
        <span className={classes.where}> · {t(`findingWhere.${row.where}`)}</span>
      </h3>
      <p>{row.detail}</p>
      <dl className={classes.facts}>
        {row.employee_id != null && (
          <>
            <dt>{t("integrity.employee")}</dt>
            <dd>
              <Link href={href(`/pegawai/${encodeURIComponent(row.employee_id)}`, {}, search)}>{name}</Link>
            </dd>
          </>
        )}
        {on !== undefined && link !== undefined && (
          <>
            <dt>{t("integrity.link")}</dt>
            <dd>
              {day(on, language)}, {t("integrity.number", { number: integer(Number(link), language) })}
            </dd>
          </>
        )}
        {row.punch_id != null && (
          <>
            <dt>{t("integrity.punch")}</dt>
            <dd>
              <code>{row.punch_id}</code>
            </dd>
          </>
        )}
        {row.entry != null && (
          <>
            <dt>{t("integrity.entry")}</dt>
            <dd>
              <code>{row.entry}</code>
            </dd>
          </>
        )}
        {row.found_at != null && (
          <>
            <dt>{t("integrity.foundAt")}</dt>
            <dd>{when(row.found_at)}</dd>
          </>
        )}
        {row.closed_at != null && (
          <>
            <dt>{t("integrity.closedAt")}</dt>
            <dd>
              {when(row.closed_at)}
              <p>{row.note}</p>
            </dd>
          </>
        )}
      </dl>
      {row.open &&
        person.roles.includes("auditor") &&
        (closing ? (
          <WordsForm
            title={t("integrity.close")}
            label={t("integrity.note")}
            hint={t("integrity.noteHint")}
            most={500}
            submit={t("integrity.closeNow")}
            send={(note) => closeFinding(row.id, note)}
            changed={[integrityKeys.findings]}
            close={() => setClosing(false)}
          />
        ) : (
          <div>
            <Button variant="default" onClick={() => setClosing(true)}>
              {t("integrity.close")}
            </Button>
          </div>
        ))}
    </li>
  );
}
