/** The check of a day, part after part to its end. Pure but for what `ask` does. */

import type { DayChecked } from "../api/integrity";

/** What was looked at so far; what is met twice is one finding. */
export interface Checked {
  punches: number;
  findings: ReadonlySet<string>;
}

export const NOTHING: Checked = { punches: 0, findings: new Set() };

function added(before: Checked, part: DayChecked): Checked {
  return {
    punches: before.punches + part.punches,
    findings: new Set([...before.findings, ...part.findings.map(({ id }) => id)]),
  };
}

/** Asks until nothing follows; `told` hears of each part. Throws what `ask` throws: then nothing is known of the rest. */
export async function toTheEnd(
  ask: (cursor: string | null) => Promise<DayChecked>,
  told: (soFar: Checked) => void,
): Promise<Checked> {
  let soFar = NOTHING;
  let cursor: string | null = null;
  do {
    const part: DayChecked = await ask(cursor);
    soFar = added(soFar, part);
    told(soFar);
    cursor = part.next_cursor;
  } while (cursor !== null);
  return soFar;
}
