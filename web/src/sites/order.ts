/** In which orders the sites can stand. Pure. */

import type { SiteRecord } from "../api/directory";
import { ZONES } from "./place";

export const SITE_ORDERS = ["name", "-name", "code", "zone"] as const;

const texts = new Intl.Collator("id", { numeric: true });
const eastward = ({ zone }: SiteRecord) => ZONES.indexOf(zone);
const byName = (a: SiteRecord, b: SiteRecord) => texts.compare(a.name, b.name);

export const COMPARE: Record<(typeof SITE_ORDERS)[number], (a: SiteRecord, b: SiteRecord) => number> = {
  name: byName,
  "-name": (a, b) => byName(b, a),
  code: (a, b) => texts.compare(a.code, b.code),
  zone: (a, b) => eastward(a) - eastward(b) || byName(a, b),
};
