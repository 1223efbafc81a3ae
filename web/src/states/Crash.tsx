import { Button } from "@mantine/core";
import { Component } from "react";
import { useWords } from "../i18n";
import { Notice } from "./Notice";

interface Props {
  /** Another place is another try. */
  place: string;
  children: React.ReactNode;
}

/** Catches what a page throws while it is drawn (a part that cannot be fetched, a mistake of ours) and says so. */
export class Crash extends Component<Props, { failed: boolean }> {
  override state = { failed: false };

  override componentDidUpdate(before: Props) {
    if (this.state.failed && before.place !== this.props.place) this.setState({ failed: false });
  }

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    return this.state.failed ? <CrashNotice /> : this.props.children;
  }
}

function CrashNotice() {
  const { t } = useWords();
  const away = !navigator.onLine;
  return (
    <Notice
      alert
      page
      title={t(away ? "error.awayTitle" : "error.crashTitle")}
      actions={<Button onClick={() => location.reload()}>{t("error.reload")}</Button>}
    >
      <p>{t(away ? "error.awayWhy" : "error.crashWhy")}</p>
    </Notice>
  );
}
