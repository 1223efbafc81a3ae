// The made-up city on one morning: who is in at a given instant, and the answers of the reporting API about it.
import { makeCity, OFFSET } from "./city.mjs";

export const DATE = "2026-08-03";
const MIDNIGHT_UTC = Date.parse(`${DATE}T00:00:00Z`);

export class Morning {
  /** `start`: instant at which the show begins; it runs in real time from there, `pace` times as fast. */
  constructor({ start = "2026-08-03T00:02:00Z", pace = 1, people = 5000 } = {}) {
    this.city = makeCity(people, people === 0 ? 0 : 212);
    if (people === 0) this.city.units.length = 1;
    this.start = Date.parse(start);
    this.pace = pace;
    this.began = Date.now();
    this.lag = 0;
    this.extra = [];
    this.parents = new Map(this.city.units.map((unit) => [unit.id, unit.parent]));
    for (const person of this.city.employees) {
      const minutes = person.arrives;
      person.at = minutes === null ? null : MIDNIGHT_UTC + (minutes - 60 * OFFSET[person.site.zone]) * 60_000;
      person.days = new Map();
    }
  }

  now() {
    return this.start + (Date.now() - this.began) * this.pace;
  }

  ancestors(id) {
    const found = [];
    for (let at = id; at !== null && at !== undefined; at = this.parents.get(at)) found.push(at);
    return found;
  }

  unit(id) {
    return this.city.units.find((one) => one.id === (id || "kota"));
  }

  peopleOf(id) {
    return this.city.employees.filter((one) => this.ancestors(one.unit.id).includes(id));
  }

  totals(id, date) {
    const people = this.peopleOf(id);
    const here = people.filter((one) => this.isIn(one, date));
    const last = here.reduce((max, one) => Math.max(max, one.at), 0);
    return {
      expected: people.length,
      present: here.length,
      away: 0,
      off: 0,
      not_yet: people.length - here.length,
      last_at: last === 0 ? null : new Date(last).toISOString(),
    };
  }

  isIn(person, date) {
    return date === DATE && person.at !== null && person.at <= this.now();
  }

  freshness() {
    const now = this.now();
    const behind = this.lag;
    return {
      as_of: new Date(now).toISOString(),
      complete_to: new Date(now - 400 - behind * 1000).toISOString(),
      position: String(Math.round(now)),
      lagging_sources: behind > 0 ? [{ source: "attendance", behind_seconds: behind }] : [],
    };
  }

  completeness() {
    const { total, silent, never_seen, pending } = this.deviceTotals();
    return {
      devices_total: total,
      devices_silent: silent,
      devices_never_seen: never_seen,
      devices_pending: pending,
      incomplete_employees: 0,
    };
  }

  presence(id, date) {
    const unit = this.unit(id);
    const path = this.ancestors(unit.id)
      .slice(1)
      .reverse()
      .map((one) => ({ id: one, name: this.unit(one).name }));
    const children = this.city.units.filter((one) => one.parent === unit.id);
    return {
      date,
      unit: { id: unit.id, name: unit.name, short_name: unit.short_name, path },
      totals: this.totals(unit.id, date),
      children: children.map((one) => ({
        unit: {
          id: one.id,
          name: one.name,
          short_name: one.short_name,
          has_children: this.city.units.some((other) => other.parent === one.id),
        },
        totals: this.totals(one.id, date),
      })),
      freshness: this.freshness(),
      completeness: this.completeness(),
    };
  }

  person(one, date) {
    const here = this.isIn(one, date);
    const at = here ? new Date(one.at).toISOString() : null;
    return {
      employee_id: one.employee_id,
      name: one.name,
      post_title: one.post_title,
      unit: { id: one.unit.id, name: one.unit.name },
      state: here ? "present" : "not_yet",
      first_at: at,
      last_at: at,
      first_site: here ? one.site : null,
      count: here ? 1 : 0,
      status: null,
      late_minutes: 0,
      incomplete: false,
    };
  }

  people(id, date, { state = "all", q = "", cursor, limit = 100, order }) {
    const found = this.peopleOf(this.unit(id).id)
      .map((one) => this.person(one, date))
      .filter((one) => state === "all" || one.state === state)
      .filter((one) => one.name.toLowerCase().includes(q.toLowerCase()))
      .sort((a, b) =>
        order === "latest"
          ? a.last_at < b.last_at
            ? 1
            : -1
          : a.name.localeCompare(b.name) || (a.employee_id < b.employee_id ? -1 : 1),
      );
    if (order === "-name") found.reverse();
    const from = Number(cursor ?? 0);
    const items = found.slice(from, from + Number(limit));
    const next = from + items.length;
    return {
      items,
      next_cursor: next < found.length ? String(next) : null,
      total: found.length,
      freshness: this.freshness(),
    };
  }

  arrivals(id, date) {
    const counts = new Map();
    for (const one of this.peopleOf(this.unit(id).id)) {
      if (!this.isIn(one, date)) continue;
      const local = new Date(one.at + OFFSET[one.site.zone] * 3_600_000);
      const minutes = Math.floor((local.getUTCHours() * 60 + local.getUTCMinutes()) / 5) * 5;
      const at = `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
      counts.set(at, (counts.get(at) ?? 0) + 1);
    }
    const items = [...counts].sort().map(([at_local, count]) => ({ at_local, count }));
    return { date, bucket_minutes: 5, items, freshness: this.freshness() };
  }

  deviceTotals() {
    const count = (state) => this.city.terminals.filter((one) => one.state === state).length;
    return {
      total: count("live") + count("silent") + count("never_seen"),
      live: count("live"),
      silent: count("silent"),
      pending: count("pending"),
      never_seen: count("never_seen"),
    };
  }

  devices() {
    const now = this.now();
    const ago = (seconds) => new Date(now - seconds * 1000).toISOString();
    const items = this.city.terminals.map(({ kind, ...one }, i) => ({
      ...one,
      last_seen: one.state === "never_seen" ? null : ago(one.state === "silent" ? 4100 + i * 37 : 2 + (i % 28)),
      last_punch_at: one.stored === 0 ? null : ago(one.state === "silent" ? 5000 : 5 + ((i * 131) % 3000)),
      alerts: kind === null ? [] : [{ kind, since: ago(4000), detail: "" }],
    }));
    return { items, totals: this.deviceTotals(), freshness: this.freshness() };
  }

  /** The frame of what happened in the subtree of `id` between two instants, or null when nothing did. */
  frame(id, date, from, to) {
    if (date !== DATE) return null;
    const came = this.peopleOf(id).filter((one) => one.at !== null && one.at > from && one.at <= to);
    if (came.length === 0) return null;
    const touched = new Set(came.flatMap((one) => this.ancestors(one.unit.id)));
    return {
      units: [...touched].map((unit_id) => ({ unit_id, totals: this.totals(unit_id, date) })),
      cards: [],
      people: came.slice(-50).map((one) => ({ ...this.person(one, date), date })),
      as_of: new Date(this.now()).toISOString(),
    };
  }
}
