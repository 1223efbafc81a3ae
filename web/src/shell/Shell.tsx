import { AppShell } from "@mantine/core";
import { useWords } from "../i18n";
import { Crash } from "../states/Crash";
import { BrandLink } from "./BrandLink";
import { Header } from "./Header";
import { Navigation } from "./Navigation";
import { Offline } from "./Offline";
import classes from "./shell.module.css";
import { usePlace } from "./usePlace";

/** Pixels from which the navigation stands beside the page; below it is behind a button. As in shell.module.css. */
const BESIDE = 1200;

/** The frame of every page but the wall: navigation, what waits, who is signed in. The header scrolls with the page. */
export function Shell({ children }: { children: React.ReactNode }) {
  const { t } = useWords();
  const { path } = usePlace();
  return (
    <AppShell
      layout="alt"
      header={{ height: 56, offset: false }}
      navbar={{ width: 232, breakpoint: BESIDE, collapsed: { mobile: true } }}
      transitionDuration={0}
    >
      <a className={classes.skip} href="#content">
        {t("app.skip")}
      </a>
      <AppShell.Navbar className={classes.navbar} aria-label={t("nav.label")}>
        <BrandLink />
        <Navigation />
      </AppShell.Navbar>
      <AppShell.Header className={classes.header}>
        <Header />
      </AppShell.Header>
      <AppShell.Main id="content" tabIndex={-1} className={classes.main}>
        <div className={classes.content}>
          <Offline />
          <Crash place={path}>{children}</Crash>
        </div>
      </AppShell.Main>
    </AppShell>
  );
}
