import { Link } from "wouter";
import type { Device } from "../api/types";
import { integer } from "../format/number";
import { useWords } from "../i18n";
import { href } from "../shell/address";
import { usePlace } from "../shell/usePlace";
import { Glyph } from "../states/Glyph";
import { missing } from "./attention";
import classes from "./terminal.module.css";

/** What the terminal says it holds against what is stored of it, and what to do about a difference. */
export function Records({ device }: { device: Device }) {
  const { t, language } = useWords();
  const { search } = usePlace();
  const gap = missing(device);
  const number = (of: number | null) => (of === null ? t("terminals.unknown") : integer(of, language));
  return (
    <section className={classes.section}>
      <h2>{t("terminal.records")}</h2>
      <dl className={classes.figures}>
        <div>
          <dt>{t("terminal.held")}</dt>
          <dd>{number(device.held)}</dd>
        </div>
        <div>
          <dt>{t("terminal.stored")}</dt>
          <dd>{number(device.stored)}</dd>
        </div>
        <div>
          <dt>{t("terminal.difference")}</dt>
          <dd>{number(gap)}</dd>
        </div>
      </dl>
      <p>
        <Glyph shape={gap === null ? "hollow" : gap > 0 ? "warning" : "full"} />{" "}
        {gap === null
          ? t("terminal.heldUnknown")
          : gap > 0
            ? t("terminal.heldMore", { count: gap, number: integer(gap, language) })
            : t("terminal.heldAll")}
      </p>
      {device.quarantined > 0 && (
        <p>
          <Link href={href("/karantina", {}, search)}>
            {t("terminal.quarantined", { count: device.quarantined, number: integer(device.quarantined, language) })}
          </Link>
        </p>
      )}
    </section>
  );
}
