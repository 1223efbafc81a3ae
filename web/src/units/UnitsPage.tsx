import { Button, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "wouter";
import { unitQuery, unitsQuery } from "../api/directory";
import { localDate } from "../format/time";
import { useWords } from "../i18n";
import { usePerson } from "../session/useSession";
import { useAgency } from "../shell/agency";
import { usePlace } from "../shell/usePlace";
import { useTitle } from "../shell/useTitle";
import { Failure } from "../states/Failure";
import { Notice } from "../states/Notice";
import { Waiting } from "../states/Waiting";
import { NewUnit } from "./NewUnit";
import { UnitDetail } from "./UnitDetail";
import { UnitTree } from "./UnitTree";
import classes from "./units.module.css";
import { newest, UNITS, versionOn } from "./versions";

/** In the address: a unit that is being made. */
const NEW = "baru";

/** The organisation as a tree on one day, and the chosen unit beside it (`id`; "baru" is one to be made). */
export function UnitsPage({ id }: { id: string | null }) {
  const { t } = useWords();
  const { zone } = useAgency();
  const { person } = usePerson();
  const { place, to, navigate, replace } = usePlace();
  const [q, setQ] = useState("");
  const units = useQuery(unitsQuery(place.date));
  const making = id === NEW;
  const unit = useQuery({ ...unitQuery(id ?? ""), enabled: id !== null && !making });
  const today = localDate(new Date().toISOString(), zone);
  const versions = unit.data?.versions ?? [];
  const name = (versionOn(versions, place.date ?? today) ?? newest(versions))?.name;
  const title = making ? t("tree.new") : id !== null && name !== undefined ? name : t("tree.title");
  // The heading of what was chosen, else that of the tree.
  const heading = useTitle(title, id ?? "units", id === null || making || name !== undefined);
  const at = (one: string | null) => to({ date: place.date }, one === null ? UNITS : `${UNITS}/${one}`);
  return (
    <div className={classes.page} data-chosen={id !== null || undefined}>
      <div className={classes.side}>
        <div className={classes.top}>
          <h1 ref={id === null ? heading : undefined} tabIndex={-1}>
            {t("tree.title")}
          </h1>
          {person.roles.includes("bkpsdm") && (
            <Button component={Link} variant="default" href={at(NEW)}>
              {t("tree.new")}
            </Button>
          )}
        </div>
        <search className={classes.filters}>
          <TextInput
            type="search"
            label={t("tree.search")}
            placeholder={t("tree.searchHint")}
            value={q}
            onChange={(event) => setQ(event.currentTarget.value)}
          />
          <TextInput
            type="date"
            label={t("tree.date")}
            value={place.date ?? today}
            onChange={({ currentTarget: { value } }) =>
              replace(
                to({ date: value === "" || value === today ? null : value }, id === null ? UNITS : `${UNITS}/${id}`),
              )
            }
          />
        </search>
        {units.data === undefined ? (
          units.error !== null ? (
            <Failure error={units.error} retry={units.refetch} />
          ) : (
            <Waiting rows={10} height={28} />
          )
        ) : units.data.items.length === 0 ? (
          <Notice small title={t("tree.empty")}>
            <p>{t("tree.emptyText")}</p>
          </Notice>
        ) : (
          <UnitTree units={units.data.items} q={q} chosen={id} address={at} />
        )}
      </div>
      <div className={classes.detail}>
        {id === null ? (
          <p className="quiet">{t("tree.choose")}</p>
        ) : making ? (
          <NewUnit
            heading={heading}
            today={today}
            made={(one) => navigate(at(one))}
            close={() => navigate(at(null))}
            back={at(null)}
          />
        ) : (
          <UnitDetail
            key={id}
            heading={heading}
            id={id}
            date={place.date ?? today}
            units={units.data?.items ?? []}
            back={at(null)}
          />
        )}
      </div>
    </div>
  );
}
