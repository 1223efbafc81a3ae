/** Addresses of months and days. Pure. */

import { href, periodParts } from "../shell/address";
import { around } from "../shell/period";

export const MONTH = "/bulan";

/** The month of somebody that a date is in; this month where no date is named. */
export function monthOf(employeeId: string, search: URLSearchParams, date?: string, today?: string): string {
  const parts = date === undefined ? {} : periodParts(around("month", date), today ?? "");
  return href(`${MONTH}/${encodeURIComponent(employeeId)}`, parts, search);
}

/** One day of somebody. */
export function dayOf(employeeId: string, date: string, search: URLSearchParams): string {
  return href(`${MONTH}/${encodeURIComponent(employeeId)}/${date}`, {}, search);
}
