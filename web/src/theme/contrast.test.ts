import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { BRANDS } from "./brands";

/** Relative luminance and contrast as WCAG 2.2 defines them (1.4.3). */
function luminance(hex: string): number {
  const channel = (i: number) => {
    const value = Number.parseInt(hex.slice(i, i + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}
function contrast(a: string, b: string): number {
  const [x, y] = [luminance(a), luminance(b)];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}

const css = readFileSync(new URL("./base.css", import.meta.url), "utf8");
const block = (selector: string) => css.slice(css.indexOf(`${selector} {`), css.indexOf("}", css.indexOf(selector)));
const token = (selector: string, name: string) =>
  new RegExp(`--k-${name}: (#[0-9a-f]{6})`).exec(block(selector))?.[1] ?? expect.fail(`${name} is no colour`);

describe.each([":root", '[data-mantine-color-scheme="dark"]'])("%s", (scheme) => {
  const grounds = ["page", "raised", "attention-soft", "wrong-soft"];
  test.each(["text", "dim", "good", "wrong", "attention"])("%s is legible on every ground", (ink) => {
    for (const ground of grounds) {
      expect(contrast(token(scheme, ink), token(scheme, ground)), `${ink} on ${ground}`).toBeGreaterThanOrEqual(4.5);
    }
  });
});

test.each(Object.entries(BRANDS))("brand %s: links and buttons are legible", (_, { scale, main }) => {
  const step = scale.split(" ").map((hex) => `#${hex.toLowerCase()}`);
  const [link, darkLink] = [step[7] ?? "", step[4] ?? ""];
  expect(contrast(link, token(":root", "page"))).toBeGreaterThanOrEqual(4.5);
  expect(contrast(darkLink, token('[data-mantine-color-scheme="dark"]', "page"))).toBeGreaterThanOrEqual(4.5);
  expect(contrast("#ffffff", `#${main.toLowerCase()}`)).toBeGreaterThanOrEqual(4.5);
});
