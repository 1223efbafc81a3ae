import { useEffect, useRef } from "react";
import { useWords } from "../i18n";

/**
 * Names the page in the browser's tab and, after a change of `place` (page or unit; not at first load), moves the
 * focus to the heading it returns a ref for, so that keyboard and screen reader go on from there. `ready` says that
 * the heading is on the page.
 */
export function useTitle(page: string, place: string, ready: boolean) {
  const { t } = useWords();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = t("app.title", { page });
  }, [page, t]);
  useEffect(() => {
    if (!ready || shown === place) return;
    if (shown !== null) heading.current?.focus({ preventScroll: true });
    shown = place;
  }, [place, ready]);
  return heading;
}

/** The place last shown, across pages: each page has its own heading. */
let shown: string | null = null;
