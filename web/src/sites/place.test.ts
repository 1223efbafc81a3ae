import { expect, it } from "vitest";
import { pointOf, pointText, radiusOf } from "./place";

it.each([
  ["-6.1754, 106.8272", { latitude: -6.1754, longitude: 106.8272 }],
  ["-6.1754,106.8272", { latitude: -6.1754, longitude: 106.8272 }],
  ["  −0.5 127 ", { latitude: -0.5, longitude: 127 }],
  ["-6,1754; 106,8272", { latitude: -6.1754, longitude: 106.8272 }],
  ["-6,1754, 106,8272", { latitude: -6.1754, longitude: 106.8272 }],
  ["", null],
  ["-6.1754", "unreadable"],
  ["91, 0", "unreadable"],
  ["0, 181", "unreadable"],
  ["1, 2, 3", "unreadable"],
  ["Ambon", "unreadable"],
  ["1e3, 2", "unreadable"],
])("reads %s", (text, point) => expect(pointOf(text)).toEqual(point));

it("writes what it reads", () => {
  const point = { latitude: -3.695, longitude: 128.1814 };
  expect(pointOf(pointText(point))).toEqual(point);
  expect(pointText({ latitude: null })).toBe("");
});

it("takes whole metres within bounds", () => {
  expect(["", "10", "5000", "9", "5001", "1.5", "x"].map(radiusOf)).toEqual([
    null,
    10,
    5000,
    "unreadable",
    "unreadable",
    "unreadable",
    "unreadable",
  ]);
});
