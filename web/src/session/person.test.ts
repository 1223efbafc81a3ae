import { describe, expect, it } from "vitest";
import { homeOf, pagesOf, personOf, placeWithin } from "./person";

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
    expect(home(["pegawai", "bkpsdm"], "e")).toBe("/");
    expect(home(["pegawai", "operator"], "e")).toBe("/mesin");
    expect(home(["auditor"])).toBe("/");
    expect(home([])).toBe("/");
  });
});

describe("the navigation", () => {
  const paths = (roles: string[], employee_id?: string) =>
    pagesOf(personOf({ roles, employee_id })).map((page) => page.path);

  it("has what one works with", () => {
    expect(paths(["pegawai"], "e")).toEqual(["/saya", "/", "/pegawai"]);
    expect(paths(["pegawai", "pimpinan"], "e")).toEqual(["/saya", "/", "/pegawai", "/dinding"]);
    expect(paths(["pegawai", "operator"], "e")).toEqual(["/saya", "/", "/pegawai", "/mesin", "/karantina", "/dinding"]);
    expect(paths(["auditor"])).toEqual(["/", "/pegawai", "/laporan-atasan", "/mesin", "/karantina", "/dinding"]);
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
