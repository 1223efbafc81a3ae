import { expect, it } from "vitest";
import type { ServiceReasons } from "../api/feedback";
import { namedReasons, offered } from "./reasons";

const of = (service: string, ratings: number | null, counts: (number | null)[]): ServiceReasons => ({
  service_id: service,
  service,
  unit_id: "u",
  ratings,
  reasons: counts.map((count, at) => ({ id: `r${at}`, id_text: `alasan ${at}`, en_text: `reason ${at}`, count })),
});

it("puts the most frequent reason first, in the reader's language", () => {
  const found = namedReasons(of("KTP", 12, [2, 9, 0]), "en");
  expect(found?.map(({ name, count }) => [name, count])).toEqual([
    ["reason 1", 9],
    ["reason 0", 2],
    ["reason 2", 0],
  ]);
});

it("shows nothing of a few", () => {
  expect(namedReasons(of("KTP", null, [null, null]), "id")).toBeNull();
});

it("offers first what there is to see", () => {
  expect(offered([of("Akta", null, []), of("KTP", 12, []), of("SIM", 9, [])]).map(({ service }) => service)).toEqual([
    "KTP",
    "SIM",
    "Akta",
  ]);
});
