import { receiptFile } from "../api/receipts";
import { useWords } from "../i18n";
import { Download } from "./Download";
import classes from "./mine.module.css";

interface Props {
  employeeId: string;
  punchId: string;
  /** Local date and time of the punch, as shown. */
  date: string;
  time: string;
  /** Which punches have their receipt; undefined while that is not known. */
  sealed: ReadonlySet<string> | undefined;
}

/** The receipt of one punch, to keep; nothing until it has one. */
export function ReceiptLine({ employeeId, punchId, date, time, sealed }: Props) {
  const { t } = useWords();
  if (!sealed?.has(punchId)) return null;
  return (
    <div className={classes.receipt}>
      <Download
        quiet
        label={t("receipt.title")}
        described={t("receipt.of", { time })}
        name={`tanda-terima-${date}-${punchId.slice(0, 8)}.json`}
        fetch={() => receiptFile(employeeId, punchId)}
      />
    </div>
  );
}
