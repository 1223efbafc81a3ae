import { Button, Select, Table, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { addKiosk, checkinKeys, kiosksQuery, withdrawKiosk } from "../api/checkins";
import { sitesQuery } from "../api/directory";
import { day, localDate } from "../format/time";
import { useWords } from "../i18n";
import { usePerson } from "../session/useSession";
import { useAgency } from "../shell/agency";
import { useTitle } from "../shell/useTitle";
import { CommandForm } from "../states/CommandForm";
import { Failure } from "../states/Failure";
import { Notice } from "../states/Notice";
import { Refusal } from "../states/Refusal";
import { Waiting } from "../states/Waiting";
import { keep } from "./code";
import classes from "./kiosk.module.css";

/** The operator's list of kiosks, and making this screen one. */
export function KiosksPage() {
  const { t, language } = useWords();
  const { person } = usePerson();
  const { zone } = useAgency();
  const client = useQueryClient();
  const kiosks = useQuery(kiosksQuery());
  const heading = useTitle(t("kiosk.title"), "kiosks", true);
  const withdrawing = useMutation({
    mutationFn: withdrawKiosk,
    onSuccess: () => client.invalidateQueries({ queryKey: checkinKeys.kiosks }),
  });
  const may = person.roles.includes("operator");
  return (
    <div className={classes.list}>
      <h1 ref={heading} tabIndex={-1}>
        {t("kiosk.title")}
      </h1>
      <p className="quiet">{t("kiosk.why")}</p>
      {may && <SetUp />}
      <h2>{t("kiosk.all")}</h2>
      <Refusal error={withdrawing.error} />
      {kiosks.data === undefined ? (
        kiosks.error !== null ? (
          <Failure error={kiosks.error} retry={kiosks.refetch} />
        ) : (
          <Waiting rows={3} />
        )
      ) : kiosks.data.length === 0 ? (
        <Notice small title={t("kiosk.empty")} />
      ) : (
        <Table.ScrollContainer minWidth={480}>
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">{t("kiosk.site")}</Table.Th>
                <Table.Th scope="col">{t("kiosk.name")}</Table.Th>
                <Table.Th scope="col">{t("kiosk.since")}</Table.Th>
                <Table.Th scope="col">{t("kiosk.state")}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {kiosks.data.map((one) => (
                <Table.Tr key={one.id}>
                  <Table.Td>{one.site_name}</Table.Td>
                  <Table.Td>{one.name}</Table.Td>
                  <Table.Td>{day(localDate(one.made_at, zone), language)}</Table.Td>
                  <Table.Td>
                    {one.active && may ? (
                      <Button variant="default" onClick={() => withdrawing.mutate(one.id)}>
                        {t("kiosk.withdraw")}
                      </Button>
                    ) : (
                      t(one.active ? "kiosk.active" : "kiosk.withdrawn")
                    )}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </div>
  );
}

function SetUp() {
  const { t } = useWords();
  const client = useQueryClient();
  const sites = useQuery(sitesQuery());
  const [open, setOpen] = useState(false);
  const [site, setSite] = useState<string | null>(null);
  const [name, setName] = useState("");
  const lacking = site === null || name.trim() === "";
  const adding = useMutation({
    mutationFn: () => addKiosk(site ?? "", name.trim()),
    onSuccess: async ({ id, site_id, site_name, name, key }) => {
      keep({ id, site_id, site_name, name, key });
      setOpen(false);
      await client.invalidateQueries({ queryKey: checkinKeys.kiosks });
    },
  });
  if (adding.data !== undefined && !open) {
    return (
      <div className={classes.done} role="status">
        <p>{t("kiosk.made", { site: adding.data.site_name })}</p>
        <Button component="a" href="/kios">
          {t("kiosk.open")}
        </Button>
      </div>
    );
  }
  if (!open) return <Button onClick={() => setOpen(true)}>{t("kiosk.add")}</Button>;
  return (
    <CommandForm
      label={t("kiosk.add")}
      lacking={lacking}
      command={adding}
      submit={t("kiosk.addNow")}
      close={() => setOpen(false)}
      fields={(tried) => (
        <>
          <Select
            label={t("kiosk.site")}
            data={(sites.data?.items ?? []).map((one) => ({ value: one.id, label: one.name }))}
            value={site}
            onChange={setSite}
            searchable
            error={tried && site === null ? t("kiosk.chooseSite") : null}
          />
          <TextInput
            label={t("kiosk.name")}
            description={t("kiosk.nameHint")}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            maxLength={100}
            error={tried && name.trim() === "" ? t("kiosk.chooseName") : null}
          />
        </>
      )}
    />
  );
}
