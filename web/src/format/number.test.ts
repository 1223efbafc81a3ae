import { expect, test } from "vitest";
import { integer, percent, share, signed } from "./number";

test("thousands with a point, decimals with a comma; the other way in English", () => {
  expect(integer(1204, "id")).toBe("1.204");
  expect(integer(1204, "en")).toBe("1,204");
  expect(percent(0.919, "id")).toBe("91,9%");
  expect(percent(0.919, "en")).toBe("91.9%");
});

test("one present of ten thousand is not none", () => {
  expect(percent(1 / 10_000, "id")).toBe("< 0,1%");
  expect(percent(0.00099, "en")).toBe("< 0.1%");
});

test("one missing of ten thousand is not all, and float noise takes nothing away", () => {
  expect(percent(9999 / 10_000, "id")).toBe("99,9%");
  expect(percent(1, "id")).toBe("100%");
  expect(percent(0, "id")).toBe("0,0%");
  expect(percent(0.29, "id")).toBe("29,0%");
  expect(percent(0.001, "id")).toBe("0,1%");
});

test("a share of nothing is no share", () => {
  expect(share(0, 0)).toBeNull();
  expect(share(3, 4)).toBe(0.75);
});

test("differences carry a true minus", () => {
  expect(signed(-1200, "id")).toBe("−1.200");
  expect(signed(5, "id")).toBe("+5");
  expect(signed(0, "id")).toBe("0");
});
