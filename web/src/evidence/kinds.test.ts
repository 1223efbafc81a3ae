import { expect, it } from "vitest";
import { isPicture, kibibytes, unfit } from "./kinds";

it("refuses by what is said of a file only what no service would take", () => {
  expect(unfit({ type: "image/jpeg", size: 10 * 1024 * 1024 })).toBeNull();
  expect(unfit({ type: "", size: 1 })).toBeNull();
  expect(unfit({ type: "image/heic", size: 1 })).toBe("type");
  expect(unfit({ type: "image/svg+xml", size: 1 })).toBe("type");
  expect(unfit({ type: "application/pdf", size: 10 * 1024 * 1024 + 1 })).toBe("large");
});

it("shows pictures and nothing else within the page", () => {
  expect(["image/png", "image/jpeg", "application/pdf", "text/html", "image/svg+xml"].map(isPicture)).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
});

it("says how large a file is", () => {
  expect([kibibytes(1), kibibytes(1500), kibibytes(2_000_000)]).toEqual([1, 1, 1953]);
});
