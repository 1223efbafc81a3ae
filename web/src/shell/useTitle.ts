import { useEffect, useRef } from "react";
import { useWords } from "../i18n";

/**
 * Names the page in the browser's tab and, after a change of page or unit (not at first load), moves the focus to
 * the heading it returns a ref for, so that keyboard and screen reader go on from there.
 */
export function useTitle(page: string, place: string) {
  const { t } = useWords();
  const heading = useRef<HTMLHeadingElement>(null);
  const before = useRef<string | null>(null);
  useEffect(() => {
    document.title = t("app.title", { page });
  }, [page, t]);
  useEffect(() => {
    if (before.current !== null && before.current !== place) heading.current?.focus({ preventScroll: true });
    before.current = place;
  }, [place]);
  return heading;
}
