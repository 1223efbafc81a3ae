import { expect, it } from "vitest";
import { failureOf, minutesOf } from "./asking";
import { grouped, ofFragment, plain } from "./code";
import { languageOf, WORDS } from "./words";

it("reads a code however it is written", () => {
  for (const typed of ["7K3D-9QXH-2MNP", "7k3d9qxh2mnp", " 7k3d 9qxh 2mnp ", "7K3D–9QXH–2MNP", "７Ｋ３Ｄ9QXH2MNP"]) {
    expect(plain(typed)).toBe("7K3D9QXH2MNP");
  }
  expect(plain("<b>")).toBe("B");
  expect(plain("A".repeat(500))).toHaveLength(24);
});

it("writes it in groups of four", () => {
  expect(grouped("7K3D9QXH2MNP")).toBe("7K3D-9QXH-2MNP");
  expect(grouped("7K3D9")).toBe("7K3D-9");
  expect(grouped("")).toBe("");
});

it("finds it in the address", () => {
  expect(ofFragment("#7k3d-9qxh-2mnp")).toBe("7K3D9QXH2MNP");
  expect(ofFragment("")).toBe("");
  expect(ofFragment("#%E0%A4%A")).toBe("");
});

it("speaks the reader's language, else Indonesian", () => {
  expect(languageOf(["id-ID", "en"])).toBe("id");
  expect(languageOf(["en-US", "id"])).toBe("en");
  expect(languageOf(["jv", "id"])).toBe("id");
  expect(languageOf(["de-DE", "en-GB"])).toBe("en");
  expect(languageOf(["zh"])).toBe("id");
  expect(languageOf([])).toBe("id");
});

it("has five words for five stars, and no text empty", () => {
  for (const words of Object.values(WORDS)) {
    expect(words.stars).toHaveLength(5);
    expect(Object.values(words).filter((one) => one === "")).toEqual([]);
  }
});

it("knows what an answer means", () => {
  expect(failureOf(404, null)).toEqual({ why: "unknown", wait: 0 });
  expect(failureOf(409, null)).toEqual({ why: "used", wait: 0 });
  expect(failureOf(410, null)).toEqual({ why: "expired", wait: 0 });
  expect(failureOf(413, null)).toEqual({ why: "large", wait: 0 });
  expect(failureOf(422, null)).toEqual({ why: "invalid", wait: 0 });
  expect(failureOf(429, "90")).toEqual({ why: "many", wait: 90 });
  expect(failureOf(429, "Wed, 21 Oct 2026 07:28:00 GMT")).toEqual({ why: "many", wait: 60 });
  expect(failureOf(503, null)).toEqual({ why: "busy", wait: 0 });
  expect(failureOf(418, null)).toEqual({ why: "busy", wait: 0 });
});

it("says a wait in whole minutes", () => {
  expect([1, 60, 61, 3600].map(minutesOf)).toEqual([1, 1, 2, 60]);
});
