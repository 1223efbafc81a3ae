import { Button } from "@mantine/core";
import { useCallback } from "react";
import { useLocation } from "wouter";
import { useWords } from "../i18n";
import { useAgency } from "../shell/agency";
import { Mark } from "../shell/Mark";
import { Notice } from "../states/Notice";
import { Waiting } from "../states/Waiting";
import classes from "./session.module.css";
import { SessionContext, useSessionOf } from "./useSession";

/** Nothing of the app is drawn before it is known who asks. */
export function SessionGate({ children }: { children: React.ReactNode }) {
  const { t } = useWords();
  const agency = useAgency();
  const [, navigate] = useLocation();
  const arrive = useCallback((place: string) => navigate(place, { replace: true }), [navigate]);
  const { session, signIn, signOut } = useSessionOf(agency.signIn, arrive);

  if (session.state === "signedIn") {
    return <SessionContext value={{ person: session.person, signOut }}>{children}</SessionContext>;
  }
  return (
    <main className={classes.gate}>
      <Mark />
      {session.state === "starting" ? (
        <Waiting rows={3} />
      ) : session.state === "left" ? (
        <Notice
          page
          title={t("session.leftTitle")}
          actions={
            <Button
              onClick={() => {
                navigate("/", { replace: true });
                signIn();
              }}
            >
              {t("session.again")}
            </Button>
          }
        >
          <p>{t("session.leftText")}</p>
        </Notice>
      ) : (
        <Notice
          page
          alert
          title={t("session.failedTitle")}
          actions={<Button onClick={signIn}>{t("session.retry")}</Button>}
        >
          <p>{t("session.failedWhy")}</p>
          <p>{t("session.failedDo")}</p>
        </Notice>
      )}
    </main>
  );
}
