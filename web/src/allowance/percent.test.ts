import { expect, it } from "vitest";
import { percent } from "./percent";

it("keeps every digit and writes it as the state does", () => {
  expect(percent("1.25", "id")).toBe("1,25%");
  expect(percent("4.00", "id")).toBe("4%");
  expect(percent("0.5", "en")).toBe("0.5%");
  expect(percent("100", "id")).toBe("100%");
  expect(percent("-2.50", "id")).toBe("−2,5%");
});
