import { SegmentedControl, TextInput } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import type { StateFilter, Totals } from "../api/types";
import { integer } from "../format/number";
import { useWords } from "../i18n";
import { usePlace } from "../shell/usePlace";
import classes from "./people.module.css";

/** A search starts when the typing rests this long (milliseconds). */
const REST = 250;

export function PeopleFilters({ totals }: { totals: Totals }) {
  const { t, language } = useWords();
  const { place, to, replace } = usePlace();
  const [typed, setTyped] = useState(place.q);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);

  useEffect(() => setTyped(place.q), [place.q]);
  useEffect(() => () => clearTimeout(timer.current), []);

  const type = (text: string) => {
    setTyped(text);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => replace(to({ q: text.trim(), view: "people" })), REST);
  };
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
