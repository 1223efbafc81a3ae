import { SegmentedControl, TextInput } from "@mantine/core";
import { allPeople, PEOPLE_ORDERS, type PeopleFilter, type Scope } from "../api/queries";
import type { Presence, StateFilter } from "../api/types";
import { integer } from "../format/number";
import { day } from "../format/time";
import { useWords } from "../i18n";
import { useAgency } from "../shell/agency";
import { usePlace } from "../shell/usePlace";
import { useTyped } from "../shell/useTyped";
import { instantCells } from "../tables/csv";
import { OrderChoice } from "../tables/OrderChoice";
import { TakeAway } from "../tables/TakeAway";
import classes from "./people.module.css";

const SPARED = ["away", "off"] as const;

export function PeopleFilters(props: { scope: Scope; board: Presence; filter: PeopleFilter }) {
  const { t, language } = useWords();
  const { place, to, replace } = usePlace();
  const { scope, board, filter } = props;
  const { totals } = board;
  const { zone } = useAgency();
  const [typed, type] = useTyped(place.q, (q) => replace(to({ q, view: "people" })));

  const option = (value: StateFilter, words: string, count: number) => ({
    value,
    label: (
      <span className={classes.option}>
        {words} <span>{integer(count, language)}</span>
      </span>
    ),
  });
  const title = t("people.caption", { unit: board.unit.name, date: day(board.date, language) });
  const table = async () => ({
    head: (["name", "post", "unit", "state", "in", "zone", "where"] as const).map((column) => t(`people.${column}`)),
    rows: (await allPeople({ unit: scope.unit, date: board.date }, filter)).map((one) => [
      one.name,
      one.post_title,
      one.unit.name,
      t(`people.${one.state}`),
      ...instantCells(one.first_at, one.first_site?.zone ?? zone),
      one.first_site?.name,
    ]),
  });
  return (
    <search className={classes.filters}>
      <SegmentedControl
        className={classes.states}
        aria-label={t("people.filter")}
        value={place.state}
        onChange={(value) => replace(to({ state: value as StateFilter, view: "people" }))}
        data={[
          option("all", t("people.all"), totals.expected),
          option("present", t("people.present"), totals.present),
          option("not_yet", t("people.not_yet"), totals.not_yet),
          ...SPARED.filter((one) => totals[one] > 0 || place.state === one).map((one) =>
            option(one, t(`people.${one}`), totals[one]),
          ),
        ]}
      />
      <TextInput
        className={classes.search}
        type="search"
        aria-label={t("people.search")}
        placeholder={t("people.searchHint")}
        value={typed}
        onChange={(event) => type(event.currentTarget.value)}
      />
      <OrderChoice
        bare
        orders={PEOPLE_ORDERS}
        value={filter.order}
        words={(order) => t(`tables.orders.${order}`)}
        choose={(order) => replace(to({ order, view: "people" }))}
      />
      <TakeAway title={title} file={`${t("people.file")}-${board.unit.id}-${board.date}`} table={table} />
    </search>
  );
}
