import { expect, it } from "vitest";
import type { Translate } from "../i18n";
import words from "../i18n/id.pages.json";
import { sanctionWord } from "./sanctions";

const t = ((key: string) => words.sanction[key.replace("sanction.", "") as keyof typeof words.sanction]) as Translate;

it("says what a step is in words", () => {
  expect(sanctionWord("teguran_lisan", t)).toBe("Teguran lisan");
});

it("shows an agency's own code as it is", () => {
  expect(sanctionWord("kerja_sosial", t)).toBe("kerja sosial");
});
