import { describe, expect, it } from "vitest";
import type { Activity } from "../api/appraisal";
import { again, contentOf, draftOf, EMPTY, lacking, minutesOf, quantityOf } from "./draft";
import { frequentOf, repeatable } from "./earlier";

let count = 0;
const activity = (part: Partial<Activity>): Activity => ({
  id: `a${count++}`,
  employee_id: "e",
  date: "2026-11-20",
  start: null,
  end: null,
  minutes: 60,
  what: "Menyusun laporan",
  result: "",
  quantity: null,
  unit: "",
  task: null,
  status: "waiting",
  due_on: "2026-11-23",
  version: 1,
  recorded_at: "2026-11-20T03:00:00Z",
  steps: [],
  evidence: [],
  ...part,
});

describe("what is written", () => {
  it("lacks a text and how long", () => {
    expect(lacking(EMPTY)).toEqual(["what", "minutes"]);
    expect(lacking({ ...EMPTY, what: "Rapat", length: "30" })).toEqual([]);
    expect(lacking({ ...EMPTY, what: "Rapat", length: "other", minutes: "1441" })).toEqual(["minutes"]);
    expect(lacking({ ...EMPTY, what: "Rapat", length: "other", minutes: "1,5" })).toEqual(["minutes"]);
    expect(lacking({ ...EMPTY, what: "Rapat", length: "span", start: "09:00", end: "08:30" })).toEqual(["end"]);
    expect(lacking({ ...EMPTY, what: "Rapat", length: "span" })).toEqual(["start", "end"]);
    expect(lacking({ ...EMPTY, what: "Rapat", length: "15", quantity: "banyak" })).toEqual(["quantity"]);
  });

  it("is sent as minutes or as a span, never both", () => {
    const span = { ...EMPTY, what: " Rapat ", length: "span", minutes: "15", start: "08:00", end: "09:30" } as const;
    expect(contentOf(span)).toMatchObject({ what: "Rapat", start: "08:00", end: "09:30", minutes: null });
    expect(minutesOf(span)).toBe(90);
    expect(contentOf({ ...span, length: "other" })).toMatchObject({ start: null, end: null, minutes: 15 });
  });

  it("takes a quantity as people write it", () => {
    expect(quantityOf(" 1,5 ")).toBe("1.5");
    expect(quantityOf("3")).toBe("3");
    expect(quantityOf("0")).toBeNull();
    expect(quantityOf("-1")).toBeNull();
  });

  it("comes from an activity and goes back unchanged", () => {
    const task = { id: "t", name: "Laporan" };
    const one = activity({ minutes: 45, task, result: "Laporan", quantity: "1.5", unit: "berkas" });
    expect(draftOf(one)).toMatchObject({ length: "other", minutes: "45", quantity: "1,5" });
    expect(contentOf(draftOf(one))).toMatchObject({ minutes: 45, task_id: "t", quantity: "1.5", unit: "berkas" });
    const span = activity({ start: "08:00", end: "09:00" });
    expect(contentOf(draftOf(span))).toMatchObject({ start: "08:00", end: "09:00", minutes: null });
  });

  it("is for another day as long as before, not at the same time", () => {
    const one = activity({ start: "08:00", end: "09:00", result: "Notulen", task: { id: "t", name: "Rapat" } });
    expect(again(one)).toEqual({ ...EMPTY, what: one.what, length: "60", task: "t" });
  });
});

describe("what was recorded before", () => {
  it("offers the most frequent texts first, as they were recorded last", () => {
    const rows = [
      activity({ what: "Rapat", minutes: 90 }),
      activity({ what: "Surat" }),
      activity({ what: "rapat ", minutes: 30 }),
      activity({ what: "Ditarik", status: "withdrawn" }),
      activity({ what: "Arsip" }),
      activity({ what: "Ditolak", status: "rejected" }),
    ];
    expect(frequentOf(rows).map(({ what, minutes }) => [what, minutes])).toEqual([
      ["Rapat", 90],
      ["Surat", 60],
      ["Arsip", 60],
    ]);
  });

  it("repeats the last day that had something, without what is there already", () => {
    const rows = [
      activity({ date: "2026-11-23", what: "Apel" }),
      activity({ date: "2026-11-20", what: "Rapat" }),
      activity({ date: "2026-11-20", what: "apel" }),
      activity({ date: "2026-11-20", what: "Surat" }),
      activity({ date: "2026-11-20", what: "Batal", status: "withdrawn" }),
      activity({ date: "2026-11-19", what: "Lama" }),
    ];
    expect(repeatable(rows, "2026-11-23")).toMatchObject({
      date: "2026-11-20",
      items: [{ what: "Surat" }, { what: "Rapat" }],
    });
    expect(repeatable(rows, "2026-11-19")).toBeNull();
  });
});
