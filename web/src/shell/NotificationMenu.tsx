import { Button } from "@mantine/core";
import { lazy, Suspense, useState } from "react";
import { integer } from "../format/number";
import { useWords } from "../i18n";
import classes from "./shell.module.css";
import { useWaiting } from "./useWaiting";

const NotificationList = lazy(async () => ({ default: (await import("./NotificationList")).NotificationList }));

/** What waits for the reader: how much in the header, what and where behind the button. It never interrupts. */
export function NotificationMenu() {
  const { t, language } = useWords();
  const [asked, setAsked] = useState(false);
  const [opened, setOpened] = useState(false);
  const waiting = useWaiting("bell").filter(({ count }) => count !== null && count > 0);
  const sum = waiting.reduce((total, { count }) => total + (count ?? 0), 0);
  const button = (
    <Button
      variant="default"
      className={classes.bell}
      aria-haspopup="dialog"
      aria-expanded={opened}
      onClick={() => {
        setAsked(true);
        setOpened(!opened);
      }}
    >
      <Bell />
      <span className={classes.bellWord}>{t("frame.notifications")}</span>
      {sum > 0 && (
        <>
          {" "}
          <span className={classes.count}>{integer(sum, language)}</span>
        </>
      )}
    </Button>
  );
  if (!asked) return button;
  return (
    <Suspense fallback={button}>
      <NotificationList waiting={waiting} opened={opened} setOpened={setOpened}>
        {button}
      </NotificationList>
    </Suspense>
  );
}

function Bell() {
  return (
    <svg
      viewBox="0 0 20 20"
      width="18"
      height="18"
      aria-hidden="true"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
    >
      <path d="M5 8a5 5 0 0 1 10 0c0 4 1.5 5 1.5 6h-13C3.5 13 5 12 5 8z" strokeLinejoin="round" />
      <path d="M8 16.5a2 2 0 0 0 4 0" strokeLinecap="round" />
    </svg>
  );
}
