import { expect, it } from "vitest";
import type { Import, SuperiorReport } from "../api/directory";
import { personOf } from "../session/person";
import { appliable, sourcesOf, unread } from "./notifications";

const NOW = Date.parse("2026-08-31T00:00:00Z");

const words = (place: "bell" | "home", ...roles: string[]) =>
  sourcesOf(personOf({ roles, employee_id: "e" }), place).map(({ word }) => word);

it("tells each role what waits for it", () => {
  expect(words("bell", "pegawai")).toEqual([
    "reviews",
    "activities",
    "corrections",
    "leave",
    "ladder",
    "near",
    "cases",
    "feedbackRequests",
    "answers",
  ]);
  expect(words("bell", "pegawai", "bkpsdm")).toEqual([
    "reviews",
    "activities",
    "corrections",
    "leave",
    "ladder",
    "near",
    "cases",
    "feedbackRequests",
    "superiors",
    "imports",
    "pending",
    "answers",
  ]);
  expect(words("bell", "operator")).toEqual(["pending", "held", "integrity"]);
  expect(words("bell", "auditor")).toEqual(["integrity"]);
  expect(words("home", "auditor")).toEqual(["reviews", "superiors", "imports", "pending", "held", "integrity"]);
});

it("counts answers that are new and not looked at", () => {
  const report = (id: string, resolved_at: string | null): SuperiorReport => ({
    id,
    employee: { id: "e", name: "E" },
    superior: null,
    right_superior: null,
    reason: "",
    state: resolved_at === null ? "open" : "mended",
    reported_at: "2026-06-01T00:00:00Z",
    resolved_at,
    answer: null,
  });
  const reports = [report("open", null), report("old", "2026-07-01T00:00:00Z"), report("new", "2026-08-30T00:00:00Z")];
  expect(unread(reports, [], NOW).map(({ id }) => id)).toEqual(["new"]);
  expect(unread(reports, ["new"], NOW)).toEqual([]);
});

it("counts checks that may still be applied", () => {
  const found = (state: Import["state"], finished_at: string | null, news = 1): Import => ({
    id: "i",
    state,
    filename: "",
    size: 1,
    sha256: "",
    dry_run: true,
    created_at: "2026-08-30T00:00:00Z",
    finished_at,
    rows: { done: 1, total: 1 },
    counts: { unit: { new: news, changed: 0, unchanged: 0 } },
    errors: 0,
    warnings: 0,
    findings: [],
  });
  const lately = "2026-08-30T12:00:00Z";
  const imports = [
    found("checked", lately),
    found("checked", lately, 0),
    found("checked", "2026-08-29T12:00:00Z"),
    found("checking", null),
    found("applied", lately),
  ];
  expect(appliable(imports, NOW)).toBe(1);
});
