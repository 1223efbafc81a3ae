import { expect, it, vi } from "vitest";
import type { DayChecked, Finding } from "../api/integrity";
import { type Checked, toTheEnd } from "./checking";

const finding = (id: string): Finding => ({
  id,
  kind: "changed",
  where: "journal",
  place: "2026-03-02/1",
  punch_id: "p",
  employee_id: "e",
  entry: "j",
  detail: "",
  open: true,
});
const part = (punches: number, next_cursor: string | null, ...ids: string[]): DayChecked => ({
  punches,
  links: 1,
  findings: ids.map(finding),
  next_cursor,
});

it("follows the cursor to the end and tells how far it is", async () => {
  const parts = [part(2000, "one"), part(500, "two", "a"), part(0, null, "a", "b")];
  const asked = vi.fn(async (_: string | null) => parts.shift() as DayChecked);
  const heard: Checked[] = [];
  const found = await toTheEnd(asked, (soFar) => heard.push(soFar));
  expect(asked.mock.calls.map(([cursor]) => cursor)).toEqual([null, "one", "two"]);
  expect(heard.map(({ punches, findings }) => [punches, findings.size])).toEqual([
    [2000, 0],
    [2500, 1],
    [2500, 2],
  ]);
  expect(found).toEqual({ punches: 2500, findings: new Set(["a", "b"]) });
});

it("says nothing of a day that could not be looked at to its end", async () => {
  const ask = async (cursor: string | null) => {
    if (cursor !== null) throw new Error("no answer");
    return part(10, "more");
  };
  await expect(toTheEnd(ask, () => {})).rejects.toThrow("no answer");
});
