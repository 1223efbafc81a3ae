import { useWords } from "../i18n";
import { Crash } from "../states/Crash";
import { Header } from "./Header";
import classes from "./shell.module.css";

export function Shell({ children }: { children: React.ReactNode }) {
  const { t } = useWords();
  return (
    <>
      <a className={classes.skip} href="#content">
        {t("app.skip")}
      </a>
      <Header />
      <main id="content" tabIndex={-1} className={classes.main}>
        <Crash>{children}</Crash>
      </main>
    </>
  );
}
