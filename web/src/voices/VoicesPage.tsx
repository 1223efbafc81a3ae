import { useQuery } from "@tanstack/react-query";
import { unitsQuery } from "../api/directory";
import { reasonsQuery } from "../api/feedback";
import { useWords } from "../i18n";
import { withBelow } from "../services/own";
import { useOwnUnits } from "../services/useOwnUnits";
import { usePerson } from "../session/useSession";
import { href, periodParts } from "../shell/address";
import { PeriodPicker } from "../shell/PeriodPicker";
import { UnitPicker } from "../shell/UnitPicker";
import { usePeriod } from "../shell/usePeriod";
import { usePlace } from "../shell/usePlace";
import { useTitle } from "../shell/useTitle";
import { useToday } from "../shell/useToday";
import { Failure } from "../states/Failure";
import { Waiting } from "../states/Waiting";
import { CommentList } from "./CommentList";
import { Reasons } from "./Reasons";
import classes from "./voices.module.css";

const VOICES = "/suara-warga";
/** What citizens say of a unit's services: the reasons they tap, and what they write. */
export function VoicesPage() {
  const { t } = useWords();
  const { person } = usePerson();
  const { place, search, replace } = usePlace();
  const today = useToday();
  const { period } = usePeriod(today);
  const to = (unit: string | null, chosen = period) => href(VOICES, { unit, ...periodParts(chosen, today) }, search);
  const reasons = useQuery(reasonsQuery(place.unit, period.from, period.to));
  const units = useQuery(unitsQuery());
  const all = person.sees === "all";
  const { units: held = [] } = useOwnUnits(all ? null : person.employeeId, today);
  const tree = units.data?.items ?? [];
  const led = withBelow(held, tree);
  const heading = useTitle(t("voices.title"), "voices", true);
  const names = new Map(units.data?.items.map(({ id, name }) => [id, name]));
  const unitName = (id: string) => names.get(id) ?? (units.data === undefined ? "…" : t("employees.pastUnit"));
  return (
    <div className={classes.page}>
      <h1 ref={heading} tabIndex={-1}>
        {t("voices.title")}
      </h1>
      <p className="quiet">{t("voices.why")}</p>
      <UnitPicker
        className={classes.unit}
        label={t("employees.unit")}
        none={t(all ? "services.everyUnit" : "voices.ownUnits")}
        value={place.unit}
        choose={(unit) => replace(to(unit))}
        without={all ? [] : tree.filter(({ id }) => !led.has(id)).map(({ id }) => id)}
      />
      <section className={classes.part}>
        <h2>{t("voices.reasons")}</h2>
        <PeriodPicker period={period} latest={today} change={(chosen) => replace(to(place.unit, chosen))} />
        {reasons.data === undefined ? (
          reasons.error !== null ? (
            <Failure error={reasons.error} retry={reasons.refetch} />
          ) : (
            <Waiting rows={4} height={28} />
          )
        ) : (
          <Reasons
            services={reasons.data.items}
            few={reasons.data.minimum_group}
            unitName={unitName}
            file={`${t("voices.file")}-${period.from}`}
          />
        )}
      </section>
      <CommentList unit={place.unit} unitName={unitName} />
    </div>
  );
}
