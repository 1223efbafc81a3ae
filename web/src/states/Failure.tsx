import { Button } from "@mantine/core";
import { Link } from "wouter";
import { ApiError } from "../api/client";
import { type Translate, useWords } from "../i18n";
import { Notice } from "./Notice";
import classes from "./states.module.css";

/** An error as a person needs it: what, why, what to do, and the reference to give the help desk. */
export function Failure(props: {
  error: Error;
  retry: () => void;
  page?: boolean;
  /** Directly below the page's heading, with no other between. */
  top?: boolean;
}) {
  const { error, retry, page = false, top = false } = props;
  const { t } = useWords();
  const problem = error instanceof ApiError ? error.problem : null;
  const { why, advice } = explain(error, t);
  const worthTrying = !(error instanceof ApiError) || error.kind !== "refused" || error.transient;
  return (
    <Notice
      alert
      page={page}
      small={!page && !top}
      title={t("error.title")}
      actions={
        <>
          {worthTrying && <Button onClick={retry}>{t("error.retry")}</Button>}
          <Button component={Link} href="/" variant={worthTrying ? "default" : "filled"}>
            {t("error.home")}
          </Button>
        </>
      }
    >
      <p>{why}</p>
      <p>{advice}</p>
      {problem?.trace_id && (
        <p>
          {t("error.reference")}: <span className={classes.reference}>{problem.trace_id}</span>
        </p>
      )}
    </Notice>
  );
}

function explain(error: Error, t: Translate): { why: string; advice: string } {
  if (!(error instanceof ApiError)) return { why: t("error.crashWhy"), advice: t("error.refusedDo") };
  if (error.kind === "offline") return { why: t("error.offlineWhy"), advice: t("error.offlineDo") };
  if (error.kind === "unreadable" || error.problem === null) {
    return { why: t("error.unreadableWhy"), advice: t("error.busyDo") };
  }
  const { status, detail, title } = error.problem;
  if (status >= 500) return { why: t("error.busyWhy"), advice: t("error.busyDo") };
  if (status === 404) return { why: t("error.missingWhy"), advice: t("error.missingDo") };
  if (status === 401 || status === 403) return { why: t("error.accessWhy"), advice: t("error.accessDo") };
  return { why: detail ?? title, advice: t("error.refusedDo") };
}
