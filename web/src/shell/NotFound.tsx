import { Button } from "@mantine/core";
import { Link } from "wouter";
import { useWords } from "../i18n";
import { Notice } from "../states/Notice";
import { useTitle } from "./useTitle";

export function NotFound() {
  const { t } = useWords();
  useTitle(t("notFound.title"), "not-found", true);
  return (
    <Notice
      page
      title={t("notFound.title")}
      actions={
        <Button component={Link} href="/">
          {t("error.home")}
        </Button>
      }
    >
      <p>{t("notFound.text")}</p>
    </Notice>
  );
}
