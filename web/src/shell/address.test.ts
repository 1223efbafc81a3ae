import { expect, test } from "vitest";
import { href, readBoard, readDeviceState, readLanguage } from "./address";

const search = (text: string) => new URLSearchParams(text);

test("an address is read, and what cannot be read is left out", () => {
  expect(readBoard(search("unit=u1&date=2026-08-03&view=people&state=not_yet&q=ratna"))).toEqual({
    unit: "u1",
    date: "2026-08-03",
    view: "people",
    state: "not_yet",
    q: "ratna",
    order: null,
  });
  expect(readBoard(search("unit=&date=2026-02-30&view=x&state=late"))).toEqual({
    unit: null,
    date: null,
    view: null,
    state: "all",
    q: "",
    order: null,
  });
  expect(readDeviceState(search("state=silent"))).toBe("silent");
  expect(readDeviceState(search("state=broken"))).toBeNull();
  expect(readLanguage(search("lang=fr"))).toBeNull();
});

test("a link says only what differs from the default, and keeps the language it was opened in", () => {
  expect(href("/", { unit: null, date: null, view: null, state: "all", q: "" }, search(""))).toBe("/");
  expect(href("/", { unit: "u1", state: "not_yet" }, search("lang=en&date=2026-01-01"))).toBe(
    "/?unit=u1&state=not_yet&lang=en",
  );
});

test("a link read back says the same", () => {
  const place = {
    unit: "u 1&2",
    date: "2026-08-03",
    view: "people" as const,
    state: "present" as const,
    q: "a+b",
    order: "-number",
  };
  expect(readBoard(new URL(href("/", place, search("")), "http://x").searchParams)).toEqual(place);
});
