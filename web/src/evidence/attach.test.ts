import { expect, test } from "vitest";
import { attached } from "./attach";

const named = (name: string) => new File([], name);

test("one that is refused keeps the others from nothing", async () => {
  const add = (row: string, { name }: File) =>
    name === "b" ? Promise.reject(new Error("refused")) : Promise.resolve(row + name);
  expect(await attached("", ["a", "c"].map(named), add)).toEqual({ row: "ac", unsent: null });
  expect(await attached("", ["a", "b", "c"].map(named), add)).toEqual({ row: "ac", unsent: new Error("refused") });
});
