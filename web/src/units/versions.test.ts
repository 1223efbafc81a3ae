import { expect, it } from "vitest";
import type { UnitVersion } from "../api/directory";
import { changedFrom, closedOn, pathTo, treeOf, versionOn } from "./versions";

const version = (name: string, valid_from: string, valid_to: string | null): UnitVersion => ({
  name,
  short_name: "",
  parent_id: "root",
  valid_from,
  valid_to,
});
const OLD = version("Kantor Kesehatan", "2010-01-01", "2019-12-31");
const NOW = version("Dinas Kesehatan", "2020-01-01", null);
const PLACE = { name: "Dinas Kesehatan dan KB", short_name: "Dinkes KB", parent_id: "other" };

it("ends the version of the day and goes on with the new one", () => {
  expect(changedFrom([OLD, NOW], "2026-08-03", PLACE)).toEqual([
    OLD,
    { ...NOW, valid_to: "2026-08-02" },
    { ...PLACE, valid_from: "2026-08-03", valid_to: null },
  ]);
});

it("replaces a version from its first day, and leaves those that begin later", () => {
  expect(changedFrom([OLD, NOW], "2010-01-01", PLACE)).toEqual([
    NOW,
    { ...PLACE, valid_from: "2010-01-01", valid_to: "2019-12-31" },
  ]);
  expect(changedFrom([OLD, NOW], "2009-12-31", PLACE)).toBeNull();
});

it("closes with a day and drops what would begin later", () => {
  expect(closedOn([OLD, NOW], "2026-12-31")).toEqual([OLD, { ...NOW, valid_to: "2026-12-31" }]);
  expect(closedOn([OLD, NOW], "2015-06-30")).toEqual([{ ...OLD, valid_to: "2015-06-30" }]);
  expect(closedOn([OLD], "2020-01-01")).toBeNull();
  expect(versionOn([OLD, NOW], "2019-12-31")).toBe(OLD);
});

it("grows the tree from the list, and knows the way to a unit", () => {
  const unit = (id: string, parent_id: string | null) => ({
    id,
    code: id,
    name: id,
    short_name: id,
    parent_id,
    depth: 0,
  });
  const units = [unit("a", null), unit("b", "a"), unit("c", "b"), unit("d", "a")];
  expect(treeOf(units)).toEqual([
    {
      value: "a",
      label: "a",
      children: [
        { value: "b", label: "b", children: [{ value: "c", label: "c" }] },
        { value: "d", label: "d" },
      ],
    },
  ]);
  expect(pathTo(units, "c")).toEqual(["a", "b"]);
  expect(pathTo(units, null)).toEqual([]);
  expect(pathTo(units, "gone")).toEqual([]);
});
