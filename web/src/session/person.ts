/** Who is signed in, as the issuer says, and what follows from it for the screens. What one may see the services decide. */

export const ROLES = ["pegawai", "pimpinan", "bkpsdm", "operator", "auditor", "integration"] as const;
export type Role = (typeof ROLES)[number];

export interface Person {
  name: string;
  roles: readonly Role[];
  /** null: the account belongs to no employee. */
  employeeId: string | null;
  /** Whom it may see by name: everybody, or some (itself, who stands below it). The services decide whom. */
  sees: "all" | "some";
}

/** Takes what is usable of the claims of an ID token. */
export function personOf(claims: Record<string, unknown>): Person {
  const { name, preferred_username, roles, employee_id } = claims;
  const text = (value: unknown) => (typeof value === "string" && value !== "" ? value : null);
  const known = Array.isArray(roles) ? ROLES.filter((role) => roles.includes(role)) : [];
  return {
    name: text(name) ?? text(preferred_username) ?? "",
    roles: known,
    employeeId: text(employee_id),
    sees: known.includes("bkpsdm") || known.includes("auditor") ? "all" : "some",
  };
}

/** The pages somebody works with, in the order of the navigation; `word` is their name in the texts. */
export function pagesOf({ roles, employeeId }: Person) {
  const any = (...wanted: Role[]) => wanted.some((role) => roles.includes(role));
  const pages = [
    { path: "/saya", word: "mine", shown: employeeId !== null },
    { path: "/", word: "board", shown: true },
    { path: "/pegawai", word: "employees", shown: employeeId !== null || any("operator", "bkpsdm", "auditor") },
    { path: "/laporan-atasan", word: "superiors", shown: any("bkpsdm", "auditor") },
    { path: "/mesin", word: "terminals", shown: any("operator", "bkpsdm", "auditor") },
    { path: "/karantina", word: "quarantine", shown: any("operator", "bkpsdm", "auditor") },
    { path: "/dinding", word: "wall", shown: any("pimpinan", "operator", "bkpsdm", "auditor") },
  ] as const;
  return pages.filter((page) => page.shown);
}

/** Where somebody begins: operators with the terminals, staff with their own day, everybody else with the board. */
export function homeOf({ roles, employeeId }: Person): string {
  if (roles.some((role) => role === "bkpsdm" || role === "pimpinan" || role === "auditor")) return "/";
  if (roles.includes("operator")) return "/mesin";
  return employeeId === null ? "/" : "/saya";
}

/**
 * A place of this app to return to after signing in, or null. Whatever could lead elsewhere is no place: another
 * origin, `//host`, a backslash that browsers read as a slash, and the pages of signing in itself.
 */
export function placeWithin(place: unknown): string | null {
  if (typeof place !== "string" || !/^\/(?![/\\])/.test(place)) return null;
  if ([...place].some((character) => character === "\\" || character < " ")) return null;
  const { origin, pathname, search, hash } = new URL(place, "https://here.invalid");
  if (origin !== "https://here.invalid" || pathname === "/masuk" || pathname === "/keluar") return null;
  return pathname + search + hash;
}
