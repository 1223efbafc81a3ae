import { useWords } from "../i18n";
import { Notice } from "../states/Notice";

export function NoUnits() {
  const { t } = useWords();
  return (
    <Notice title={t("board.emptyTitle")}>
      <p>{t("board.emptyText")}</p>
      <p>{t("board.emptyDo")}</p>
    </Notice>
  );
}
