import { Button } from "@mantine/core";
import { useCallback, useEffect } from "react";
import { useLocation } from "wouter";
import { OfflineCheckIn } from "../checkin/OfflineCheckIn";
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

  const failed = session.state === "failed";
  useEffect(() => {
    if (!failed) return;
    window.addEventListener("online", signIn);
    return () => window.removeEventListener("online", signIn);
  }, [failed, signIn]);

  if (session.state === "signedIn") {
    return <SessionContext value={{ person: session.person, signOut }}>{children}</SessionContext>;
  }
  return (
    <main className={classes.gate} data-starting={session.state === "starting" || undefined}>
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
      {failed && <OfflineCheckIn />}
    </main>
  );
}
