import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import { type MonthCut, monthCutQuery } from "../api/allowance";
import { day } from "../format/time";
import { useWords } from "../i18n";
import { dayOf } from "../month/address";
import { useWhose } from "../month/useWhose";
import { usePerson } from "../session/useSession";
import { NotFound } from "../shell/NotFound";
import { PeriodPicker } from "../shell/PeriodPicker";
import { around } from "../shell/period";
import { usePeriod } from "../shell/usePeriod";
import { usePlace } from "../shell/usePlace";
import { useTitle } from "../shell/useTitle";
import { useToday } from "../shell/useToday";
import { Failure } from "../states/Failure";
import { Glyph } from "../states/Glyph";
import { Notice } from "../states/Notice";
import { Waiting } from "../states/Waiting";
import classes from "./allowance.module.css";
import { LineItem } from "./LineItem";
import { percent } from "./percent";

/** What a month cuts from the discipline component of the allowance, oneself where nobody is named. */
export function AllowancePage({ id }: { id: string | null }) {
  const { person } = usePerson();
  const whose = id ?? person.employeeId;
  return whose === null ? <NotFound /> : <MonthOf key={whose} employeeId={whose} />;
}

function MonthOf({ employeeId }: { employeeId: string }) {
  const { t } = useWords();
  const today = useToday();
  const { period: asked, change } = usePeriod(today);
  const month = around("month", asked.from);
  const found = useQuery(monthCutQuery(employeeId, month.from.slice(0, 7)));
  const { own, name } = useWhose(employeeId);
  const heading = useTitle(t(own ? "allowance.mine" : "allowance.title"), `allowance ${employeeId}`, true);
  return (
    <div className={classes.page}>
      <div>
        {!own && name !== null && <p className="quiet">{name}</p>}
        <h1 ref={heading} tabIndex={-1}>
          {t(own ? "allowance.mine" : "allowance.title")}
        </h1>
      </div>
      <PeriodPicker period={month} latest={today} change={change} spans={["month"]} />
      {found.data !== undefined ? (
        <Cut found={found.data} old={found.isPlaceholderData} />
      ) : found.error !== null ? (
        <Failure top error={found.error} retry={found.refetch} />
      ) : (
        <Waiting rows={6} height={40} />
      )}
    </div>
  );
}

function Cut({ found, old }: { found: MonthCut; old: boolean }) {
  const { t, language } = useWords();
  const { search } = usePlace();
  return (
    <>
      <section className={classes.total} aria-busy={old}>
        <p>{t("allowance.total")}</p>
        <strong data-testid="month-percent">{percent(found.percent, language)}</strong>
        <p className="quiet">{t("allowance.by", { title: found.title, source: found.source })}</p>
        <p className="quiet">{t("allowance.onlyPercent")}</p>
      </section>
      <section aria-busy={old}>
        <h2>{t("allowance.lines")}</h2>
        {found.lines.length === 0 ? (
          <Notice small title={t("allowance.none")}>
            <p>{t("allowance.noneText")}</p>
          </Notice>
        ) : (
          <ul className={classes.lines}>
            {found.lines.map((line) => (
              <LineItem key={`${line.day} ${line.shift_id} ${line.what}`} employeeId={found.employee_id} line={line} />
            ))}
          </ul>
        )}
      </section>
      {found.unresolved.length > 0 && (
        <section>
          <h2>{t("allowance.unresolved")}</h2>
          <ul className={classes.lines}>
            {found.unresolved.map((one) => (
              <li key={one}>
                <Link href={dayOf(found.employee_id, one, search)}>{day(one, language)}</Link>
                <span className="quiet">
                  <Glyph shape="waiting" /> {t("allowance.notYet")}
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
