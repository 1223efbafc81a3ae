import { useEffect, useRef, useState } from "react";

/**
 * `value`, changed at most once in `every` milliseconds: the first change at once, what follows in one go. A list that
 * grows five times a second cannot be read.
 */
export function useCalm<T>(value: T, every: number): T {
  const [shown, setShown] = useState(value);
  const changed = useRef(0);
  useEffect(() => {
    if (value === shown) return;
    const show = () => {
      changed.current = performance.now();
      setShown(value);
    };
    const wait = changed.current + every - performance.now();
    if (wait <= 0) {
      show();
      return;
    }
    const timer = setTimeout(show, wait);
    return () => clearTimeout(timer);
  }, [value, shown, every]);
  return shown;
}
