import { Button, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import { sitesQuery } from "../api/directory";
import { integer } from "../format/number";
import { useWords } from "../i18n";
import { usePerson } from "../session/useSession";
import { usePlace } from "../shell/usePlace";
import { useTitle } from "../shell/useTitle";
import { useTyped } from "../shell/useTyped";
import { Failure } from "../states/Failure";
import { Notice } from "../states/Notice";
import { Waiting } from "../states/Waiting";
import { OrderChoice, orderOf } from "../tables/OrderChoice";
import { TakeAway } from "../tables/TakeAway";
import { COMPARE, SITE_ORDERS } from "./order";
import { SITES } from "./place";
import { SiteTable } from "./SiteTable";
import classes from "./sites.module.css";

/** Places of work: their clock, and where they are. */
export function SitesPage() {
  const { t, language } = useWords();
  const { person } = usePerson();
  const { place, to, replace } = usePlace();
  const [typed, type] = useTyped(place.q, (q) => replace(to({ q }, SITES)));
  const sites = useQuery(sitesQuery());
  const heading = useTitle(t("sites.title"), "sites", true);
  const order = orderOf(SITE_ORDERS, place.order);
  const words = place.q.toLocaleLowerCase("id");
  const found = sites.data?.items
    .filter(({ name, code }) => `${name} ${code}`.toLocaleLowerCase("id").includes(words))
    .sort(COMPARE[order]);
  const table = () => ({
    head: (["name", "code", "zone", "latitude", "longitude", "radius", "from", "until"] as const).map((one) =>
      t(`sites.${one}`),
    ),
    rows: (found ?? []).map((site) => [
      site.name,
      site.code,
      site.zone,
      site.latitude,
      site.longitude,
      site.radius_m,
      site.valid_from,
      site.valid_to,
    ]),
  });
  return (
    <div className={classes.page}>
      <div className={classes.top}>
        <h1 ref={heading} tabIndex={-1}>
          {t("sites.title")}
        </h1>
        <div className={classes.tools}>
          {found !== undefined && found.length > 0 && (
            <TakeAway title={t("sites.title")} file={t("sites.file")} table={table} />
          )}
          {person.roles.includes("bkpsdm") && (
            <Button component={Link} variant="default" href={to({ q: "" }, `${SITES}/baru`)}>
              {t("sites.new")}
            </Button>
          )}
        </div>
      </div>
      <search className={classes.filters}>
        <TextInput
          className={classes.search}
          type="search"
          label={t("sites.search")}
          placeholder={t("sites.searchHint")}
          value={typed}
          onChange={(event) => type(event.currentTarget.value)}
        />
        <OrderChoice
          orders={SITE_ORDERS}
          value={order}
          words={(one) => t(`tables.orders.${one}`)}
          choose={(one) => replace(to({ order: one }, SITES))}
        />
      </search>
      {found === undefined ? (
        sites.error !== null ? (
          <Failure error={sites.error} retry={sites.refetch} />
        ) : (
          <Waiting rows={10} height={28} />
        )
      ) : found.length === 0 ? (
        <Notice title={t("sites.none")}>
          <p>{t("sites.noneText")}</p>
        </Notice>
      ) : (
        <>
          <p className="quiet" role="status">
            {t("sites.shown", {
              shown: integer(found.length, language),
              total: integer(sites.data?.total ?? found.length, language),
            })}
          </p>
          <SiteTable sites={found} />
        </>
      )}
    </div>
  );
}
