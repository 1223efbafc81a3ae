import { Button, NativeSelect, Select } from "@mantine/core";
import { useState } from "react";
import type { OwnService } from "../api/feedback";
import { useWords } from "../i18n";
import classes from "./codes.module.css";
import type { Counter } from "./counterKept";

/** Which service this device serves, and at which counter. */
export function ChooseCounter(props: {
  services: readonly OwnService[];
  chosen: Counter | null;
  choose: (counter: Counter) => void;
  close: (() => void) | null;
}) {
  const { t } = useWords();
  const { services, chosen, choose, close } = props;
  const [id, setId] = useState<string | null>(
    chosen?.service_id ?? (services.length === 1 ? services[0]?.id : null) ?? null,
  );
  const [counter, setCounter] = useState(chosen?.counter ?? "");
  const [tried, setTried] = useState(false);
  const counters = services.find((one) => one.id === id)?.counters ?? [];
  return (
    <form
      className={classes.choose}
      aria-label={t("codes.choose")}
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (id !== null) choose({ service_id: id, counter: counters.includes(counter) ? counter : "" });
      }}
    >
      <h2>{t("codes.choose")}</h2>
      <p className="quiet">{t("codes.chooseWhy")}</p>
      <Select
        label={t("codes.service")}
        data={byUnit(services)}
        value={id}
        onChange={setId}
        searchable
        allowDeselect={false}
        error={tried && id === null ? t("codes.serviceMissing") : null}
        nothingFoundMessage={t("services.none")}
        // The names of units in the list are text of this page, within its landmarks.
        comboboxProps={{ withinPortal: false }}
      />
      {counters.length > 0 && (
        <NativeSelect
          label={t("codes.counter")}
          value={counters.includes(counter) ? counter : ""}
          onChange={(event) => setCounter(event.currentTarget.value)}
          data={[{ value: "", label: t("services.noCounter") }, ...counters]}
        />
      )}
      <div className={classes.buttons}>
        <Button type="submit">{t("codes.use")}</Button>
        {close !== null && (
          <Button variant="default" onClick={close}>
            {t("form.cancel")}
          </Button>
        )}
      </div>
    </form>
  );
}

/** The services under the names of their units, in the order they came in. */
function byUnit(services: readonly OwnService[]) {
  const groups = new Map<string, { group: string; items: { value: string; label: string }[] }>();
  for (const { id, name, unit_id, unit } of services) {
    const found = groups.get(unit_id) ?? { group: unit, items: [] };
    found.items.push({ value: id, label: name });
    groups.set(unit_id, found);
  }
  return [...groups.values()];
}
