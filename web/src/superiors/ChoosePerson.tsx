import { Select } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { searchQuery } from "../api/directory";
import { useWords } from "../i18n";

export interface Chosen {
  id: string;
  name: string;
}

const PAUSE = 250;

/** Somebody of the directory, found by part of the name or by the whole number. */
export function ChoosePerson(props: {
  label: string;
  chosen: Chosen | null;
  choose: (person: Chosen | null) => void;
  error: string | null;
}) {
  const { t } = useWords();
  const { label, chosen, choose, error } = props;
  const [text, setText] = useState(chosen?.name ?? "");
  const [asked] = useDebouncedValue(text.trim(), PAUSE);
  const found = useQuery(searchQuery(asked === chosen?.name ? "" : asked));
  const people: Chosen[] = (found.data?.items ?? []).map(({ id, name }) => ({ id, name }));
  const options = chosen !== null && !people.some(({ id }) => id === chosen.id) ? [chosen, ...people] : people;
  return (
    <Select
      label={label}
      placeholder={t("queue.searchHint")}
      data={options.map(({ id, name }) => ({ value: id, label: name }))}
      value={chosen?.id ?? null}
      onChange={(id) => choose(options.find((one) => one.id === id) ?? null)}
      searchable
      searchValue={text}
      onSearchChange={setText}
      filter={({ options }) => options}
      nothingFoundMessage={asked.length < 3 ? t("queue.searchMore") : t("queue.nobody")}
      error={error}
    />
  );
}
