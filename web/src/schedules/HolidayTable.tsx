import type { Holiday } from "../api/schedules";
import { day } from "../format/time";
import { useWords } from "../i18n";
import classes from "../sites/sites.module.css";
import { RemoveRow } from "./RemoveRow";

/** The days of a year on which offices are closed, where, and who said so. */
export function HolidayTable(props: {
  holidays: readonly Holiday[];
  siteName: (id: string) => string;
  writes: boolean;
}) {
  const { t, language } = useWords();
  const { holidays, siteName, writes } = props;
  const where = ({ sites, regions }: Holiday) =>
    sites.length + regions.length === 0
      ? t("holidays.everywhere")
      : [...sites.map(siteName), ...regions.map((one) => t("holidays.region", { code: one }))].join(", ");
  return (
    <table className={classes.table}>
      <caption className="hidden">{t("holidays.title")}</caption>
      <thead>
        <tr>
          <th scope="col">{t("holidays.day")}</th>
          <th scope="col">{t("holidays.name")}</th>
          <th scope="col">{t("holidays.kind")}</th>
          <th scope="col">{t("holidays.where")}</th>
          <th scope="col">{t("schedules.source")}</th>
          {writes && (
            <td>
              <span className="hidden">{t("schedules.remove")}</span>
            </td>
          )}
        </tr>
      </thead>
      <tbody>
        {holidays.map((one) => (
          <tr key={one.id}>
            <th scope="row" data-number>
              {day(one.day, language)}
            </th>
            <td>{one.name}</td>
            <td>{t(`holidayKind.${one.kind}`)}</td>
            <td className={one.sites.length + one.regions.length === 0 ? "quiet" : undefined}>{where(one)}</td>
            <td className="quiet">{one.source}</td>
            {writes && (
              <td>
                <RemoveRow plural="holidays" row={one} name={`${one.name}, ${day(one.day, language)}`} />
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
