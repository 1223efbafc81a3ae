import { SegmentedControl, TextInput } from "@mantine/core";
import type { StateFilter, Totals } from "../api/types";
import { integer } from "../format/number";
import { useWords } from "../i18n";
import { usePlace } from "../shell/usePlace";
import { useTyped } from "../shell/useTyped";
import classes from "./people.module.css";

export function PeopleFilters({ totals }: { totals: Totals }) {
  const { t, language } = useWords();
  const { place, to, replace } = usePlace();
  const [typed, type] = useTyped(place.q, (q) => replace(to({ q, view: "people" })));

  const option = (value: StateFilter, words: string, count: number) => ({
    value,
    label: (
      <span className={classes.option}>
        {words} <span>{integer(count, language)}</span>
      </span>
    ),
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
    </search>
  );
}
