import { Button, Select, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { approveTerminal, attendanceKeys, type Terminal } from "../api/attendance";
import { sitesQuery } from "../api/directory";
import { integer } from "../format/number";
import { zonedClock } from "../format/time";
import { useWords } from "../i18n";
import { usePerson } from "../session/useSession";
import { useAgency } from "../shell/agency";
import { CommandForm } from "../states/CommandForm";
import classes from "./quarantine.module.css";

/** Terminals that call and that nobody knows: what they send is kept and let in once they are approved. */
export function PendingTerminals({ terminals }: { terminals: readonly Terminal[] }) {
  const { t } = useWords();
  if (terminals.length === 0) return null;
  return (
    <section className={classes.section}>
      <h2>{t("quarantine.terminals")}</h2>
      <ul className={classes.list}>
        {terminals.map((terminal) => (
          <Pending key={terminal.serial} terminal={terminal} />
        ))}
      </ul>
    </section>
  );
}

function Pending({ terminal }: { terminal: Terminal }) {
  const { t, language } = useWords();
  const { zone } = useAgency();
  const { person } = usePerson();
  const [approving, setApproving] = useState(false);
  return (
    <li>
      <h3 className={classes.serial}>{terminal.serial}</h3>
      <p className="quiet">
        {t("quarantine.waiting", {
          count: terminal.waiting_requests,
          number: integer(terminal.waiting_requests, language),
        })}
        {terminal.first_seen !== null &&
          ` · ${t("quarantine.since", { time: zonedClock(terminal.first_seen, zone, language) })}`}
        {terminal.addresses.length > 0 && ` · ${terminal.addresses.join(", ")}`}
      </p>
      {person.roles.includes("operator") &&
        (approving ? (
          <Approve serial={terminal.serial} close={() => setApproving(false)} />
        ) : (
          <Button onClick={() => setApproving(true)}>{t("quarantine.approve")}</Button>
        ))}
    </li>
  );
}

function Approve({ serial, close }: { serial: string; close: () => void }) {
  const { t } = useWords();
  const client = useQueryClient();
  const sites = useQuery(sitesQuery());
  const [name, setName] = useState("");
  const [site, setSite] = useState<string | null>(null);
  const sending = useMutation({
    mutationFn: () => approveTerminal(serial, name.trim(), site ?? ""),
    onSuccess: () => client.invalidateQueries({ queryKey: attendanceKeys.all }),
  });
  const lacking = { name: name.trim() === "", site: site === null };
  return (
    <CommandForm
      lacking={lacking.name || lacking.site}
      command={sending}
      submit={t("quarantine.approveNow")}
      close={close}
      fields={(tried) => (
        <>
          <TextInput
            label={t("quarantine.name")}
            description={t("quarantine.nameHint")}
            error={tried && lacking.name ? t("quarantine.nameMissing") : null}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            maxLength={120}
          />
          <Select
            label={t("quarantine.site")}
            placeholder={t("quarantine.siteHint")}
            error={tried && lacking.site ? t("quarantine.siteMissing") : null}
            data={(sites.data?.items ?? []).map((one) => ({ value: one.id, label: `${one.name} (${one.zone})` }))}
            value={site}
            onChange={setSite}
            searchable
            nothingFoundMessage={t("quarantine.noSite")}
          />
        </>
      )}
    />
  );
}
