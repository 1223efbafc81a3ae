import { expect, it } from "vitest";
import { whatOf } from "./reads";

it("says what was looked at in people's words", () => {
  expect(whatOf("get_employee")).toBe("record");
  expect(whatOf("follow_changes")).toBe("list");
  expect(whatOf("export_csv")).toBe("export");
});

it("has a word for what is new", () => {
  expect(whatOf("get_something_new")).toBe("otherData");
});
