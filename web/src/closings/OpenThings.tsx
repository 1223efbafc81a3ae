import { Link } from "wouter";
import type { ClosingPreview } from "../api/closings";
import { integer } from "../format/number";
import { day, days, localDate } from "../format/time";
import { useWords } from "../i18n";
import { dayOf, monthOf } from "../month/address";
import { useNames } from "../reviews/useNames";
import { useAgency } from "../shell/agency";
import { usePlace } from "../shell/usePlace";
import { Glyph } from "../states/Glyph";
import classes from "./closings.module.css";

const SHOWN = 8;

interface Line {
  key: string;
  employee: string;
  to: string;
  text: string;
}

/** What is still open in a period: how much of each kind, and the first of them. */
export function OpenThings({ preview }: { preview: ClosingPreview }) {
  const { t, language } = useWords();
  const { search } = usePlace();
  const { counts } = preview;
  const { zone } = useAgency();
  const today = localDate(new Date().toISOString(), zone);
  const groups: { kind: keyof ClosingPreview["counts"]; lines: Line[] }[] = [
    {
      kind: "pending_days",
      lines: preview.pending_days.map((one) => ({
        key: `${one.employee_id} ${one.day}`,
        employee: one.employee_id,
        to: dayOf(one.employee_id, one.day, search),
        text: `${day(one.day, language)} · ${one.missing.map((what) => t(`openBecause.${what}`)).join(", ")}`,
      })),
    },
    {
      kind: "leave",
      lines: preview.leave.map((one) => ({
        key: one.id,
        employee: one.employee_id,
        to: "/persetujuan-cuti",
        text: `${t(`leaveKind.${one.kind as "annual"}`)}, ${days(one.first, one.last, language)}`,
      })),
    },
    {
      kind: "corrections",
      lines: preview.corrections.map((one) => ({
        key: one.id,
        employee: one.employee_id,
        to: "/persetujuan-koreksi",
        text: `${t(`correctionWhat.${one.what as "punch"}`)}, ${day(one.day, language)}`,
      })),
    },
    {
      kind: "without_schedule",
      lines: preview.without_schedule.map((one) => ({
        key: one,
        employee: one,
        to: monthOf(one, search, preview.first, today),
        text: t("closings.noSchedule"),
      })),
    },
  ];
  const shown = groups.flatMap(({ lines }) => lines.slice(0, SHOWN));
  const names = useNames(shown.map(({ employee }) => employee));
  const open = groups.filter(({ kind }) => counts[kind] > 0);
  if (open.length === 0) {
    return (
      <p>
        <Glyph shape="full" /> {t("closings.nothingOpen", { number: integer(preview.people, language) })}
      </p>
    );
  }
  return (
    <div className={classes.open}>
      {open.map(({ kind, lines }) => (
        <section key={kind} data-open={kind}>
          <h4>
            <Glyph shape="warning" />{" "}
            {t(`closingOpen.${kind}`, { count: counts[kind], number: integer(counts[kind], language) })}
          </h4>
          <ul>
            {lines.slice(0, SHOWN).map((one) => (
              <li key={one.key}>
                <Link href={one.to}>{names(one.employee)}</Link> <span className="quiet">· {one.text}</span>
              </li>
            ))}
          </ul>
          {counts[kind] > SHOWN && (
            <p className="quiet">{t("closings.andMore", { number: integer(counts[kind] - SHOWN, language) })}</p>
          )}
        </section>
      ))}
    </div>
  );
}
