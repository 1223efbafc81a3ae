import { expect, test } from "vitest";
import { csvOf, instantCells } from "./csv";

test("a CSV opens in that country's spreadsheet, runs nothing, and leaves the unknown empty", () => {
  const table = {
    head: ["Jam", "Pegawai datang"],
    rows: [
      ["07:25", 12],
      ["07:30", null],
      ["dua\nbaris", -3],
      ["-3", undefined],
    ],
  };
  expect(csvOf('=HYPERLINK("x"); Unit', table, "id").split("\r\n")).toEqual([
    `\uFEFF"'=HYPERLINK(""x""); Unit"`,
    "Jam;Pegawai datang",
    "07:25;12",
    "07:30;",
    '"dua\nbaris";-3',
    "'-3;",
    "",
  ]);
  expect(csvOf("Unit", table, "en")).toContain("07:25,12");
});

test("an instant is the local day and time of its place, with its zone", () => {
  expect(instantCells("2026-08-02T22:31:05Z", "Asia/Jayapura")).toEqual(["2026-08-03 07:31:05", "WIT"]);
  expect(instantCells(null, "Asia/Jakarta")).toEqual([null, null]);
});
