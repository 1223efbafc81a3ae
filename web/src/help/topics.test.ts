import { expect, it } from "vitest";
import { personOf } from "../session/person";
import { topicsOf } from "./topics";

const topics = (roles: string[], employee_id?: string) => topicsOf(personOf({ roles, employee_id }));

it("answers what a role asks, and nothing of the others", () => {
  expect(topics(["pegawai"], "e")).toEqual([
    "signIn",
    "session",
    "missing",
    "recording",
    "returned",
    "card",
    "ratings",
    "receipt",
    "superior",
    "readers",
    "reference",
    "whom",
  ]);
  expect(topics(["auditor"])).toEqual(["signIn", "session", "audit", "reference", "whom"]);
  expect(topics(["pegawai", "operator"], "e")).toContain("newTerminal");
  expect(topics(["pegawai", "bkpsdm"], "e")).toContain("importing");
  expect(topics([])).toEqual(["signIn", "session", "reference", "whom"]);
});
