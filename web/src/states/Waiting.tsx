import { Skeleton } from "@mantine/core";
import { useEffect, useState } from "react";
import { useWords } from "../i18n";
import classes from "./states.module.css";

/** Quick answers should not flash: the skeleton comes after this long (milliseconds). */
const PATIENCE = 300;

/** The shape of what is coming: `rows` lines of `height` px. */
export function Waiting({ rows, height = 20 }: { rows: number; height?: number }) {
  const { t } = useWords();
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), PATIENCE);
    return () => clearTimeout(timer);
  }, []);
  if (!late) return <div style={{ minHeight: rows * (height + 12) }} />;
  return (
    <div className={classes.rows} role="status">
      <span className="hidden">{t("waiting")}</span>
      {Array.from({ length: rows }, (_, i) => `row ${i}`).map((key, i) => (
        <Skeleton key={key} height={height} width={`${100 - ((i * 17) % 30)}%`} aria-hidden="true" />
      ))}
    </div>
  );
}
