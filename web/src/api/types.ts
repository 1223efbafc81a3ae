/**
 * What the reporting service answers (its OpenAPI: `docs/api/reporting.openapi.json`; `pnpm run api` generates the
 * same shapes into `schema.ts`). Instants are RFC 3339 strings in UTC, dates are local dates of the agency.
 */

export interface LaggingSource {
  source: string;
  /** null: it has not said yet how far it is. */
  behind_seconds: number | null;
}

/** How far the numbers can be trusted: everything known before `complete_to` is in them. */
export interface Freshness {
  as_of: string;
  complete_to: string | null;
  lagging_sources: LaggingSource[];
  /** Event id of the live stream to go on from without a gap; only in answers, not in frames. */
  position?: string | null;
}

export interface Completeness {
  devices_total: number;
  devices_silent: number;
  devices_pending: number;
  /** People with a record that could not be read. */
  incomplete_employees: number;
}

export interface Totals {
  expected: number;
  present: number;
  not_yet: number;
  last_at: string | null;
}

export interface UnitRef {
  id: string;
  name: string;
}

export interface Unit extends UnitRef {
  short_name: string;
  /** From the root down to the parent. */
  path: UnitRef[];
}

export interface ChildUnit {
  unit: UnitRef & { short_name: string; has_children: boolean };
  totals: Totals;
}

export interface Presence {
  date: string;
  unit: Unit;
  totals: Totals;
  children: ChildUnit[];
  freshness: Freshness;
  completeness: Completeness;
}

export interface SiteRef {
  id: string;
  name: string;
  /** IANA zone: every time of day at this site is shown in it. */
  zone: string;
}

export type PersonState = "present" | "not_yet";
export type StateFilter = "all" | PersonState;

export interface Person {
  employee_id: string;
  name: string;
  post_title: string | null;
  unit: UnitRef;
  state: PersonState;
  first_at: string | null;
  last_at: string | null;
  first_site: SiteRef | null;
  count: number;
  /** A record of this person could not be read: the day may lack something. */
  incomplete: boolean;
}

/** A page may be short, even empty, while `next_cursor` says there is more. */
export interface PeoplePage {
  items: Person[];
  next_cursor: string | null;
  /** null: too many to count for this search. */
  total: number | null;
  freshness: Freshness;
}

export interface Arrivals {
  date: string;
  bucket_minutes: number;
  items: ArrivalBucket[];
  freshness: Freshness;
}

export interface ArrivalBucket {
  /** Start of the bucket, `HH:MM` on the clock of each site. */
  at_local: string;
  count: number;
}

export type DeviceState = "live" | "silent" | "pending" | "never_seen";

export interface DeviceAlert {
  kind: string;
  since: string;
  detail: string;
}

export interface Device {
  device_id: string;
  serial: string;
  name: string;
  status: "pending" | "active";
  site: SiteRef | null;
  state: DeviceState;
  last_seen: string | null;
  last_punch_at: string | null;
  drift_seconds: number | null;
  /** Records the terminal says it holds; null until it has said. */
  held: number | null;
  stored: number;
  quarantined: number;
  alerts: DeviceAlert[];
}

/** `total` = `live` + `silent` are the approved terminals; `never_seen` is a part of `silent`, `pending` of neither. */
export interface DeviceTotals {
  total: number;
  live: number;
  silent: number;
  pending: number;
  never_seen: number;
}

export interface Devices {
  items: Device[];
  totals: DeviceTotals;
  freshness: Freshness;
}

/** A person's day that moved; `date` may be another than the one on the screen. */
export interface PersonFrame extends Person {
  date: string;
}

/** Frames of `/stream`. Totals are absolute, so a frame that comes twice changes nothing. */
export interface PresenceFrame {
  units: { unit_id: string; totals: Totals }[];
  people: PersonFrame[];
  as_of: string;
}

export interface DevicesFrame {
  totals: DeviceTotals;
}
