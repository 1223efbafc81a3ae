import { expect, it } from "vitest";
import type { ReadEntry } from "../api/types";
import { gathered, whatOf } from "./reads";

it("says what was looked at in people's words", () => {
  expect(whatOf("get_employee")).toBe("record");
  expect(whatOf("follow_changes")).toBe("list");
  expect(whatOf("export_csv")).toBe("export");
});

it("has a word for what is new", () => {
  expect(whatOf("get_something_new")).toBe("otherData");
});

it("makes one line of the same look through several services, newest first", () => {
  const entry = (reader_id: string | null, operation: string, last_at: string): ReadEntry => ({
    reader_id,
    reader_name: reader_id,
    roles: ["pegawai"],
    service: "any",
    operation,
    first_at: last_at,
    last_at,
    hours: 1,
  });
  const lines = gathered(
    [
      entry("a", "list_people", "2026-11-22T08:00:00Z"),
      entry("a", "list_employees", "2026-11-22T09:30:00Z"),
      entry("a", "get_employee", "2026-11-22T09:00:00Z"),
      entry(null, "list_people", "2026-11-22T09:45:00Z"),
      entry("a", "list_people", "2026-11-21T23:00:00Z"),
    ],
    (at) => at.slice(0, 10),
  );
  expect(lines.map(({ reader, what, at }) => [reader.reader_id, what, at.slice(8, 16)])).toEqual([
    [null, "list", "22T09:45"],
    ["a", "list", "22T09:30"],
    ["a", "record", "22T09:00"],
    ["a", "list", "21T23:00"],
  ]);
});
