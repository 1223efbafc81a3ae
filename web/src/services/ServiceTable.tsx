import { Button } from "@mantine/core";
import { Fragment, useState } from "react";
import { changeService, feedbackKeys, type Service } from "../api/feedback";
import { day } from "../format/time";
import { useWords } from "../i18n";
import classes from "../sites/sites.module.css";
import { Glyph } from "../states/Glyph";
import { LastDayForm } from "../states/LastDayForm";
import { hasEnded } from "../tasks/order";
import { ServiceForm } from "./ServiceForm";
import { SheetForm } from "./SheetForm";
import own from "./services.module.css";

const ACTIONS = ["change", "end", "sheet"] as const;
type Action = (typeof ACTIONS)[number];

/** The services with their counters and days. `writes`: keeps the catalogue; `prints`: makes codes for a unit. */
export function ServiceTable(props: {
  services: readonly Service[];
  unitName: (id: string) => string;
  today: string;
  writes: boolean;
  prints: (unit: string) => boolean;
}) {
  const { t, language } = useWords();
  const [open, setOpen] = useState<{ id: string; action: Action } | null>(null);
  const { services, unitName, today, writes, prints } = props;
  const close = () => setOpen(null);
  const canDo = (service: Service) =>
    ACTIONS.filter((action) =>
      action === "change" ? writes : !hasEnded(service, today) && (action === "end" ? writes : prints(service.unit_id)),
    );
  const acts = services.some((one) => canDo(one).length > 0);
  return (
    <table className={classes.table}>
      <caption className="hidden">{t("services.title")}</caption>
      <thead>
        <tr>
          <th scope="col">{t("services.name")}</th>
          <th scope="col">{t("services.unit")}</th>
          <th scope="col">{t("services.counters")}</th>
          <th scope="col">{t("tasks.until")}</th>
          {acts && (
            <td>
              <span className="hidden">{t("services.actions")}</span>
            </td>
          )}
        </tr>
      </thead>
      <tbody>
        {services.map((service) => {
          const action = service.id === open?.id ? open.action : null;
          const counters = service.counters ?? [];
          return (
            <Fragment key={service.id}>
              <tr data-service={service.id}>
                <th scope="row">{service.name}</th>
                <td>{unitName(service.unit_id)}</td>
                <td data-none={counters.length === 0 || undefined} className={own.counters}>
                  <span className={classes.label}>{t("services.counters")} </span>
                  {counters.join(", ")}
                </td>
                <td data-number data-none={service.valid_to == null || undefined}>
                  <span className={classes.label}>{t("tasks.until")} </span>
                  {service.valid_to == null ? (
                    <span className="quiet">{t("employees.open")}</span>
                  ) : (
                    day(service.valid_to, language)
                  )}
                  {hasEnded(service, today) && (
                    <span className="quiet">
                      {" "}
                      <Glyph shape="hollow" /> {t("tasks.ended")}
                    </span>
                  )}
                </td>
                {acts && (
                  <td className={own.actions}>
                    {action === null &&
                      canDo(service).map((one) => (
                        <Button
                          key={one}
                          variant="subtle"
                          aria-label={`${t(`services.${one}`)}: ${service.name}`}
                          onClick={() => setOpen({ id: service.id, action: one })}
                        >
                          {t(`services.${one}`)}
                        </Button>
                      ))}
                  </td>
                )}
              </tr>
              {action !== null && (
                <tr>
                  <td colSpan={5}>
                    {action === "change" && <ServiceForm service={service} today={today} unit={null} close={close} />}
                    {action === "end" && <EndService {...{ service, today, close }} />}
                    {action === "sheet" && <SheetForm service={service} close={close} />}
                  </td>
                </tr>
              )}
            </Fragment>
          );
        })}
      </tbody>
    </table>
  );
}

/** The last day on which codes are given; ratings given stay. */
function EndService({ service, today, close }: { service: Service; today: string; close: () => void }) {
  const { t } = useWords();
  const { id, unit_id: _, ...content } = service;
  return (
    <LastDayForm
      of={service}
      today={today}
      hint={t("services.lastDayHint")}
      submit={t("services.endNow")}
      send={(valid_to) => changeService(id, { ...content, valid_to })}
      changed={feedbackKeys.services}
      close={close}
    />
  );
}
