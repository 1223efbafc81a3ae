import { useEffect, useRef, useState } from "react";

/** Re-renders every `every` milliseconds and gives the browser's clock: for ages only, never for a date. */
export function useNow(every: number): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), every);
    return () => clearInterval(timer);
  }, [every]);
  return now;
}

/**
 * The server's clock, ticking once a second: the last `asOf` it sent plus the time since. The clock of the machine
 * that shows the board may be wrong by hours.
 */
export function useServerNow(asOf: string | null): number | null {
  const now = useNow(1000);
  const offset = useRef<{ asOf: string; ahead: number } | null>(null);
  if (asOf === null) return null;
  if (offset.current?.asOf !== asOf) offset.current = { asOf, ahead: Date.parse(asOf) - Date.now() };
  return now + offset.current.ahead;
}
