import { useEffect, useRef, useState } from "react";

/** A search starts when the typing rests this long (milliseconds). */
const REST = 250;

/** What is being typed, beside the settled text of the address; `settle` is called once the typing rests. */
export function useTyped(settled: string, settle: (text: string) => void): [string, (text: string) => void] {
  const [typed, setTyped] = useState(settled);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => setTyped(settled), [settled]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const type = (text: string) => {
    setTyped(text);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => settle(text.trim()), REST);
  };
  return [typed, type];
}
