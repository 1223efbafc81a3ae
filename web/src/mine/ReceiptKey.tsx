import { keyFile } from "../api/receipts";
import { useWords } from "../i18n";
import { Download } from "./Download";
import classes from "./mine.module.css";

/** What a receipt is good for, and the public key that anybody verifies it with. */
export function ReceiptKey() {
  const { t } = useWords();
  return (
    <section className={classes.record}>
      <h2>{t("receipt.heading")}</h2>
      <div className={classes.report}>
        <p>{t("receipt.what")}</p>
        <p className="quiet">{t("receipt.how")}</p>
      </div>
      <Download label={t("receipt.key")} name="kunci-tanda-terima.pem" fetch={keyFile} />
    </section>
  );
}
