import { Button } from "@mantine/core";
import { Component } from "react";
import { useWords } from "../i18n";
import { Notice } from "./Notice";

/** Catches what a page throws while it is drawn (a chunk of an old release, a mistake of ours) and says so. */
export class Crash extends Component<{ children: React.ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    return this.state.failed ? <CrashNotice /> : this.props.children;
  }
}

function CrashNotice() {
  const { t } = useWords();
  return (
    <Notice
      alert
      page
      title={t("error.crashTitle")}
      actions={<Button onClick={() => location.reload()}>{t("error.reload")}</Button>}
    >
      <p>{t("error.crashWhy")}</p>
    </Notice>
  );
}
