import { Component, type ReactNode, Suspense } from "react";
import { Waiting } from "../states/Waiting";

/** A chart that is fetched when it is drawn. Where it cannot be (no network yet), the table stands in its place. */
export class ChartFrame extends Component<{ table: ReactNode; children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    if (this.state.failed) return this.props.table;
    return <Suspense fallback={<Waiting rows={1} height={180} />}>{this.props.children}</Suspense>;
  }
}
