import { describe, expect, it } from "vitest";
import { homeOf, isOn, pagesOf, personOf, placeWithin } from "./person";

describe("who is signed in", () => {
  it("has the name and the roles that we know", () => {
    const found = personOf({ name: "Ratna", roles: ["offline_access", "bkpsdm", "pegawai"], employee_id: "e-1" });
    expect(found).toEqual({ name: "Ratna", roles: ["pegawai", "bkpsdm"], employeeId: "e-1", sees: "all" });
  });

  it("is nobody in particular without claims", () => {
    expect(personOf({})).toEqual({ name: "", roles: [], employeeId: null, sees: "some" });
    expect(personOf({ name: "", preferred_username: "ratna", roles: "bkpsdm", employee_id: 7 })).toEqual({
      name: "ratna",
      roles: [],
      employeeId: null,
      sees: "some",
    });
  });

  it("begins where the work is", () => {
    const home = (roles: string[], employee_id?: string) => homeOf(personOf({ roles, employee_id }));
    expect(home(["pegawai"], "e")).toBe("/saya");
    expect(home(["pegawai", "pimpinan"], "e")).toBe("/");
    expect(home(["pegawai", "bkpsdm"], "e")).toBe("/beranda");
    expect(home(["pegawai", "operator"], "e")).toBe("/operator");
    expect(home(["auditor"])).toBe("/beranda");
    expect(home([])).toBe("/");
  });
});

describe("the navigation", () => {
  const paths = (roles: string[], employee_id?: string) =>
    pagesOf(personOf({ roles, employee_id })).map((page) => page.path);

  it("has what one works with", () => {
    expect(paths(["pegawai"], "e")).toEqual([
      "/saya",
      "/bulan",
      "/aktivitas",
      "/koreksi",
      "/cuti",
      "/disiplin",
      "/tunjangan",
      "/kartu",
      "/umpan-balik",
      "/data-saya",
      "/",
      "/kode-penilaian",
      "/pegawai",
      "/bantuan",
    ]);
    expect(paths(["pegawai", "pimpinan"], "e")).toEqual([
      "/saya",
      "/bulan",
      "/aktivitas",
      "/koreksi",
      "/cuti",
      "/disiplin",
      "/tunjangan",
      "/kartu",
      "/umpan-balik",
      "/data-saya",
      "/",
      "/dinding",
      "/kinerja-unit",
      "/rekap-kehadiran",
      "/jadwal-dinas",
      "/kasus",
      "/kode-penilaian",
      "/suara-warga",
      "/layanan",
      "/pegawai",
      "/unit",
      "/bantuan",
    ]);
    expect(paths(["pegawai", "operator"], "e")).toEqual([
      "/saya",
      "/bulan",
      "/aktivitas",
      "/koreksi",
      "/cuti",
      "/disiplin",
      "/tunjangan",
      "/kartu",
      "/umpan-balik",
      "/data-saya",
      "/",
      "/dinding",
      "/kode-penilaian",
      "/pegawai",
      "/lokasi",
      "/operator",
      "/mesin",
      "/kelengkapan",
      "/keutuhan",
      "/karantina",
      "/surat-mati",
      "/kios-lokasi",
      "/bantuan",
    ]);
    expect(paths(["auditor"])).toEqual([
      "/beranda",
      "/",
      "/dinding",
      "/kinerja-unit",
      "/rekap-kehadiran",
      "/pemeriksaan",
      "/jadwal-dinas",
      "/kasus",
      "/jam-kerja",
      "/hari-libur",
      "/saldo-cuti",
      "/gangguan",
      "/penutupan",
      "/aturan-tunjangan",
      "/suara-warga",
      "/layanan",
      "/pegawai",
      "/unit",
      "/lokasi",
      "/impor",
      "/laporan-atasan",
      "/katalog-tugas",
      "/mesin",
      "/kelengkapan",
      "/keutuhan",
      "/karantina",
      "/surat-mati",
      "/kios-lokasi",
      "/bantuan",
    ]);
  });

  it("has the review of check-ins for whoever has people to decide about", () => {
    const superior = personOf({ roles: ["pegawai"], employee_id: "e" });
    expect(pagesOf(superior, true).map((page) => page.path)).toContain("/pemeriksaan");
    expect(pagesOf(superior, false).map((page) => page.path)).not.toContain("/pemeriksaan");
    expect(pagesOf(superior, true).map((page) => page.path)).toContain("/jadwal-dinas");
    expect(pagesOf(superior, false).map((page) => page.path)).not.toContain("/jadwal-dinas");
  });

  it("has the validation of activities for whoever decides, and where some wait", () => {
    const employee = personOf({ roles: ["pegawai"], employee_id: "e" });
    const shown = (...rest: boolean[]) => pagesOf(employee, ...rest).some(({ path }) => path === "/pengesahan");
    expect([shown(false, false), shown(true, false), shown(false, true)]).toEqual([false, true, true]);
    expect(paths(["pegawai", "bkpsdm"], "e")).toContain("/pengesahan");
    expect(paths(["auditor"])).not.toContain("/pengesahan");
  });

  it("has the approval of corrections for whoever decides, and where some wait", () => {
    const employee = personOf({ roles: ["pegawai"], employee_id: "e" });
    const shown = (...rest: boolean[]) =>
      pagesOf(employee, ...rest).some(({ path }) => path === "/persetujuan-koreksi");
    expect([shown(), shown(true), shown(false, true), shown(false, false, true)]).toEqual([false, true, false, true]);
    expect(paths(["pegawai", "bkpsdm"], "e")).toContain("/persetujuan-koreksi");
    expect(paths(["auditor"])).not.toContain("/persetujuan-koreksi");
  });

  it("marks the page one is on, and below", () => {
    expect(isOn("/impor/7", "/impor")).toBe(true);
    expect(isOn("/impor", "/impor")).toBe(true);
    expect(isOn("/pegawai", "/")).toBe(false);
    expect(isOn("/importir", "/impor")).toBe(false);
  });
});

describe("the place to return to", () => {
  it("is within this app", () => {
    expect(placeWithin("/")).toBe("/");
    expect(placeWithin("/mesin?state=silent#x")).toBe("/mesin?state=silent#x");
  });

  it.each([
    "https://elsewhere.example/",
    "//elsewhere.example/",
    "/\\elsewhere.example",
    "\\\\elsewhere.example",
    "javascript:alert(1)",
    "/\t/elsewhere.example",
    "/a\\b",
    "mesin",
    "",
    "/masuk?code=1",
    "/keluar",
    null,
    undefined,
    7,
    { path: "/" },
  ])("is not %s", (place) => expect(placeWithin(place)).toBeNull());
});
