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

/**
 * The pages somebody works with, in the order and the groups of the navigation; `word` is their name in the texts.
 * `decides`: somebody has people to decide about; `waits`: activities wait for a decision, whoever's they are;
 * `corrects`: corrections do.
 */
export function pagesOf({ roles, employeeId }: Person, decides = false, waits = false, corrects = false) {
  const any = (...wanted: Role[]) => wanted.some((role) => roles.includes(role));
  const keeps = any("bkpsdm", "auditor");
  const pages = [
    { group: "own", path: "/beranda", word: "home", shown: keeps },
    { group: "own", path: "/saya", word: "mine", shown: employeeId !== null },
    { group: "own", path: "/bulan", word: "month", shown: employeeId !== null },
    { group: "own", path: "/aktivitas", word: "activities", shown: employeeId !== null },
    { group: "own", path: "/koreksi", word: "corrections", shown: employeeId !== null },
    { group: "own", path: "/cuti", word: "leave", shown: employeeId !== null },
    { group: "own", path: "/disiplin", word: "ladder", shown: employeeId !== null },
    { group: "own", path: "/tunjangan", word: "allowance", shown: employeeId !== null },
    { group: "own", path: "/kartu", word: "card", shown: employeeId !== null },
    { group: "own", path: "/umpan-balik", word: "notes", shown: employeeId !== null },
    // Heads see their units on the board; of the others who lead, their people are a list.
    { group: "own", path: "/tim", word: "team", shown: decides && employeeId !== null && !any("pimpinan", "bkpsdm") },
    {
      group: "own",
      path: "/pengesahan",
      word: "validation",
      shown: any("bkpsdm") || (employeeId !== null && (decides || waits)),
    },
    {
      group: "own",
      path: "/persetujuan-koreksi",
      word: "correctionQueue",
      shown: any("bkpsdm") || (employeeId !== null && (decides || corrects)),
    },
    {
      group: "own",
      path: "/persetujuan-cuti",
      word: "leaveQueue",
      shown: any("bkpsdm") || (employeeId !== null && decides),
    },
    { group: "own", path: "/data-saya", word: "record", shown: employeeId !== null },
    { group: "presence", path: "/", word: "board", shown: true },
    { group: "presence", path: "/dinding", word: "wall", shown: keeps || any("pimpinan", "operator") },
    { group: "presence", path: "/kinerja-unit", word: "unitCard", shown: keeps || any("pimpinan") },
    {
      group: "presence",
      path: "/rekap-kehadiran",
      word: "report",
      shown: keeps || (employeeId !== null && (decides || any("pimpinan"))),
    },
    { group: "presence", path: "/pemeriksaan", word: "reviews", shown: keeps || (employeeId !== null && decides) },
    {
      group: "presence",
      path: "/jadwal-dinas",
      word: "roster",
      shown: keeps || (employeeId !== null && (decides || any("pimpinan"))),
    },
    {
      group: "presence",
      path: "/kasus",
      word: "cases",
      shown: keeps || (employeeId !== null && (decides || any("pimpinan"))),
    },
    { group: "presence", path: "/jam-kerja", word: "schedules", shown: keeps },
    { group: "presence", path: "/hari-libur", word: "holidays", shown: keeps },
    { group: "presence", path: "/saldo-cuti", word: "leaveBalances", shown: keeps },
    { group: "presence", path: "/gangguan", word: "outages", shown: keeps },
    { group: "presence", path: "/penutupan", word: "closings", shown: keeps },
    { group: "presence", path: "/aturan-tunjangan", word: "allowanceTables", shown: keeps },
    { group: "citizens", path: "/kode-penilaian", word: "codes", shown: employeeId !== null && any("pegawai") },
    { group: "citizens", path: "/suara-warga", word: "voices", shown: keeps || any("pimpinan") },
    { group: "citizens", path: "/layanan", word: "services", shown: keeps || any("pimpinan") },
    { group: "directory", path: "/pegawai", word: "employees", shown: keeps || any("operator") || employeeId !== null },
    { group: "directory", path: "/unit", word: "units", shown: keeps || any("pimpinan") },
    { group: "directory", path: "/lokasi", word: "sites", shown: keeps || any("operator") },
    { group: "directory", path: "/impor", word: "imports", shown: keeps },
    { group: "directory", path: "/laporan-atasan", word: "superiors", shown: keeps },
    { group: "directory", path: "/katalog-tugas", word: "tasks", shown: keeps },
    { group: "terminals", path: "/operator", word: "operator", shown: any("operator") },
    { group: "terminals", path: "/mesin", word: "terminals", shown: keeps || any("operator") },
    { group: "terminals", path: "/kelengkapan", word: "completeness", shown: keeps || any("operator") },
    { group: "terminals", path: "/keutuhan", word: "integrity", shown: any("operator", "auditor") },
    { group: "terminals", path: "/karantina", word: "quarantine", shown: keeps || any("operator") },
    { group: "terminals", path: "/surat-mati", word: "letters", shown: keeps || any("operator") },
    { group: "terminals", path: "/kios-lokasi", word: "kiosks", shown: keeps || any("operator") },
    { group: "end", path: "/bantuan", word: "help", shown: true },
  ] as const;
  return pages.filter((page) => page.shown);
}

export type Page = ReturnType<typeof pagesOf>[number];

/** Whether an address is on a page or below it. */
export function isOn(path: string, page: Page["path"]): boolean {
  return path === page || (page !== "/" && path.startsWith(`${page}/`));
}

/** Where somebody begins: with what waits for him, the board, or the own day. */
export function homeOf({ roles, employeeId }: Person): string {
  if (roles.includes("bkpsdm") || roles.includes("auditor")) return "/beranda";
  if (roles.includes("pimpinan")) return "/";
  if (roles.includes("operator")) return "/operator";
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
