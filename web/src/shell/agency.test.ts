import { expect, test } from "vitest";
import { DEFAULT_AGENCY, parseAgency } from "./agency";

test("an agency sets its name, colours and clock", () => {
  const own = { name: "Kota Ambon", brand: "panrb", zone: "Asia/Jayapura" };
  expect(parseAgency(own)).toEqual({ ...own, signIn: DEFAULT_AGENCY.signIn });
});

test("it may have an issuer of its own, and no address that is none", () => {
  const issuer = "https://masuk.kota.example/realms/asn";
  expect(parseAgency({ issuer, client: "papan" }).signIn).toEqual({ issuer, client: "papan" });
  expect(parseAgency({ issuer: "masuk", client: "" }).signIn).toEqual(DEFAULT_AGENCY.signIn);
});

test("what is wrong in the file falls back, one by one", () => {
  expect(parseAgency({ name: "", brand: "pink", zone: "Asia/Sofifi" })).toEqual(DEFAULT_AGENCY);
  expect(parseAgency({ brand: "toString", name: 3 })).toEqual(DEFAULT_AGENCY);
  expect(parseAgency(null)).toEqual(DEFAULT_AGENCY);
  expect(parseAgency({ zone: "Asia/Makassar" }).zone).toBe("Asia/Makassar");
});
