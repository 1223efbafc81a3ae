import { useCallback, useEffect, useRef } from "react";

const BUTTON = "[data-validate]";

/**
 * The queue by keyboard, while the focus is in it: j and k go to the next and the row before, Enter presses its
 * button, r asks for the reason of a return. When a row leaves, the focus goes to the one that took its place.
 */
export function useRowFocus(rows: number) {
  const list = useRef<HTMLElement | null>(null);
  const at = useRef<number | null>(null);

  const before = useRef(rows);

  useEffect(() => {
    const left = rows < before.current;
    before.current = rows;
    if (!left || at.current === null || document.activeElement !== document.body) return;
    const found = buttonsIn(list.current);
    found[Math.min(at.current, found.length - 1)]?.focus();
  }, [rows]);

  return useCallback((element: HTMLElement | null) => {
    if (element === null) return;
    const press = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement;
      if (event.ctrlKey || event.metaKey || event.altKey || target.matches("textarea")) return;
      const found = buttonsIn(element);
      const row = target.closest("[data-row]");
      const now = found.findIndex((button) => row?.contains(button));
      if (event.key === "j") found[Math.min(now + 1, found.length - 1)]?.focus();
      if (event.key === "k") found[Math.max(now - 1, 0)]?.focus();
      if (event.key === "r" && row !== null) {
        event.preventDefault();
        row.querySelector<HTMLElement>("[data-return]")?.click();
      }
    };
    const remember = (event: FocusEvent) => {
      const row = (event.target as HTMLElement).closest("[data-row]");
      const now = buttonsIn(element).findIndex((button) => row?.contains(button));
      if (now >= 0) at.current = now;
    };
    list.current = element;
    element.addEventListener("keydown", press);
    element.addEventListener("focusin", remember);
    return () => {
      list.current = null;
      element.removeEventListener("keydown", press);
      element.removeEventListener("focusin", remember);
    };
  }, []);
}

function buttonsIn(element: HTMLElement | null): HTMLElement[] {
  return [...(element?.querySelectorAll<HTMLElement>(BUTTON) ?? [])];
}
