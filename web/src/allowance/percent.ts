import { decimal } from "../format/number";
import type { Language } from "../format/time";

/** A percent as the API tells it: `1,25%` (id), `1.25%` (en); below zero with a true minus. */
export function percent(value: string, language: Language): string {
  return `${decimal(value, language).replace("-", "−")}%`;
}
