import { expect, it } from "vitest";
import type { Remark } from "../api/directory";
import { chosen, pageOf, sheetsOf } from "./findings";

const remark = (sheet: string, row: number, column: string, detail: string): Remark => ({
  level: "error",
  sheet,
  row,
  column,
  detail,
  hint: "",
});

const FOUND = [
  remark("unit", 2, "nama", "wajib diisi"),
  remark("lokasi", 3, "zona_waktu", "bukan nama zona IANA"),
  remark("lokasi", 10, "kode", "Wajib diisi"),
];

it("keeps the order of the file unless another is asked for", () => {
  const rows = (order: "place" | "column" | "detail") =>
    chosen(FOUND, { sheet: null, q: "", order }).map(({ row }) => row);
  expect(rows("place")).toEqual([2, 3, 10]);
  expect(rows("column")).toEqual([10, 2, 3]);
  expect(rows("detail")).toEqual([3, 2, 10]);
  expect(FOUND.map(({ row }) => row)).toEqual([2, 3, 10]);
});

it("finds by list and by every word, in any case", () => {
  const rows = (sheet: string | null, q: string) => chosen(FOUND, { sheet, q, order: "place" }).map(({ row }) => row);
  expect(rows("lokasi", "")).toEqual([3, 10]);
  expect(rows(null, "WAJIB")).toEqual([2, 10]);
  expect(rows("lokasi", "wajib kode")).toEqual([10]);
  expect(rows(null, "10")).toEqual([10]);
  expect(rows(null, "tidak ada")).toEqual([]);
});

it("names the lists once and cuts pages of fifty", () => {
  expect(sheetsOf(FOUND)).toEqual(["unit", "lokasi"]);
  const rows = Array.from({ length: 120 }, (_, i) => i);
  expect([pageOf(rows, 1).length, pageOf(rows, 3), pageOf(rows, 4)]).toEqual([50, rows.slice(100), []]);
});
