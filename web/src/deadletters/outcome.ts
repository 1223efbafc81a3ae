/** What became of letters that were put back. Pure. */

import type { Letter } from "../api/deadletters";

export interface Outcome {
  done: number;
  refused: number;
  running: number;
}

/** Of the letters that were put back: processed, refused again, or neither yet. */
export function outcomeOf(followed: readonly Letter[]): Outcome {
  const done = followed.filter((one) => one.status === "replayed").length;
  const running = followed.filter((one) => one.replaying).length;
  return { done, running, refused: followed.filter((one) => one.status === "waiting").length - running };
}
