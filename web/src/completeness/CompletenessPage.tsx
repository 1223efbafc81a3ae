import { Table } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import { completenessQuery, type SiteComplete, type TerminalComplete } from "../api/outages";
import { decimal, integer } from "../format/number";
import { dayAndClock, localDate, shiftDay } from "../format/time";
import { useWords } from "../i18n";
import classes from "../outages/outages.module.css";
import { useAgency } from "../shell/agency";
import { DaySwitch } from "../shell/DaySwitch";
import { usePlace } from "../shell/usePlace";
import { useTitle } from "../shell/useTitle";
import { Failure } from "../states/Failure";
import { Glyph } from "../states/Glyph";
import { Notice } from "../states/Notice";
import { Waiting } from "../states/Waiting";

const PATH = "/kelengkapan";

/** What terminals hold of a date against what is stored: percent, what is missing, what was asked for it. */
export function CompletenessPage() {
  const { t } = useWords();
  const { zone } = useAgency();
  const { place } = usePlace();
  const yesterday = shiftDay(localDate(new Date().toISOString(), zone), -1);
  const date = place.date ?? yesterday;
  const found = useQuery(completenessQuery(date));
  const heading = useTitle(t("completeness.title"), "completeness", true);
  return (
    <div className={classes.page}>
      <h1 ref={heading} tabIndex={-1}>
        {t("completeness.title")}
      </h1>
      <p className="quiet">{t("completeness.why")}</p>
      <div className={classes.top}>
        <DaySwitch date={date} path={PATH} latest={yesterday} />
      </div>
      {found.data === undefined ? (
        found.error !== null ? (
          <Failure top error={found.error} retry={found.refetch} />
        ) : (
          <Waiting rows={8} height={40} />
        )
      ) : found.data.items.length === 0 ? (
        <Notice title={t("completeness.none")}>
          <p>{t("completeness.noneText")}</p>
        </Notice>
      ) : (
        <div aria-busy={found.isPlaceholderData}>
          <Terminals terminals={found.data.items} />
          {found.data.next_cursor !== null && <p className="quiet">{t("completeness.most")}</p>}
          <Sites sites={found.data.sites} terminals={found.data.items} />
        </div>
      )}
    </div>
  );
}

function Terminals({ terminals }: { terminals: readonly TerminalComplete[] }) {
  const { t, language } = useWords();
  const number = (value: number | null) => (value === null ? "–" : integer(value, language));
  return (
    <Table.ScrollContainer minWidth={760}>
      <Table>
        <Table.Caption className="hidden">{t("completeness.title")}</Table.Caption>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t("completeness.terminal")}</Table.Th>
            <Table.Th scope="col" className={classes.number}>
              {t("completeness.percent")}
            </Table.Th>
            <Table.Th scope="col" className={classes.number}>
              {t("completeness.records")}
            </Table.Th>
            <Table.Th scope="col">{t("completeness.gaps")}</Table.Th>
            <Table.Th scope="col" className={classes.number}>
              {t("completeness.silent")}
            </Table.Th>
            <Table.Th scope="col">{t("completeness.completeTo")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {terminals.map((one) =>
            one.days.map((day) => (
              <Table.Tr key={one.serial} data-terminal={one.serial}>
                <Table.Th scope="row">
                  <Link href={`/mesin/${encodeURIComponent(one.serial)}`}>{one.name}</Link>
                  <p className="quiet">{one.site_name}</p>
                </Table.Th>
                <Table.Td className={classes.number} data-number>
                  {day.percent === null
                    ? t(one.countable ? "completeness.uncounted" : "completeness.cannotCount")
                    : `${decimal(day.percent, language)}%`}
                </Table.Td>
                <Table.Td className={classes.number} data-number>
                  {number(day.stored)}&nbsp;/&nbsp;{number(day.held)}
                </Table.Td>
                <Table.Td>
                  <Gaps terminal={one} gaps={day.gaps} />
                  {day.drift && (
                    <p>
                      <Glyph shape="warning" /> {t("completeness.drift")}
                    </p>
                  )}
                </Table.Td>
                <Table.Td className={classes.number} data-number>
                  {day.silent_minutes === 0
                    ? "–"
                    : t("completeness.minutes", { minutes: integer(day.silent_minutes, language) })}
                </Table.Td>
                <Table.Td>
                  {one.complete_to === null
                    ? t("completeness.never")
                    : dayAndClock(one.complete_to, one.zone, language)}
                </Table.Td>
              </Table.Tr>
            )),
          )}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function Gaps({ terminal, gaps }: { terminal: TerminalComplete; gaps: TerminalComplete["days"][number]["gaps"] }) {
  const { t, language } = useWords();
  if (gaps.length === 0) return <>{t("completeness.noGap")}</>;
  const at = (instant: string) => dayAndClock(instant, terminal.zone, language);
  return gaps.map((gap) => (
    <div key={`${gap.start} ${gap.since}`}>
      {gap.open || !gap.closed_at
        ? t("completeness.gapOpen", { since: at(gap.since) })
        : t("completeness.gapClosed", { at: at(gap.closed_at) })}
      {gap.asked?.map((asked) => (
        <p key={asked.id} className="quiet">
          {t("completeness.asked")}: {t(`command.${asked.kind as "query_attlog"}`)}, {at(asked.created)} (
          {t(`commandState.${asked.state}`)})
        </p>
      ))}
    </div>
  ));
}

function Sites({ sites, terminals }: { sites: readonly SiteComplete[]; terminals: readonly TerminalComplete[] }) {
  const { t, language } = useWords();
  const at = new Map(terminals.map((one) => [one.site_id, one]));
  return (
    <section>
      <h2>{t("completeness.sites")}</h2>
      <ul className={classes.list}>
        {sites.map((site) => (
          <li key={site.site_id}>
            <h3>{at.get(site.site_id)?.site_name}</h3>
            <p>
              {site.complete_to === null
                ? t("completeness.never")
                : `${t("completeness.completeTo")} ${dayAndClock(site.complete_to, at.get(site.site_id)?.zone ?? "Asia/Jakarta", language)}`}{" "}
              <span className="quiet">
                {site.owing === 0
                  ? t("completeness.whole")
                  : t("completeness.owing", {
                      owing: integer(site.owing, language),
                      terminals: integer(site.terminals, language),
                    })}
              </span>
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
