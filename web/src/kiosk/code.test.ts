import { expect, it } from "vitest";
import { addressOf, digitsOf, keyOf, stepOf } from "./code";

// RFC 6238 appendix B, SHA-256.
const KEY = Array.from("12345678901234567890123456789012", (one) => one.charCodeAt(0).toString(16)).join("");
const VECTORS: [number, string][] = [
  [59, "46119246"],
  [1111111109, "68084774"],
  [1234567890, "91819424"],
  [20000000000, "77737706"],
];

it("shows the digits of the RFC", async () => {
  const key = await keyOf(KEY);
  for (const [seconds, digits] of VECTORS) expect(await digitsOf(key, stepOf(seconds * 1000))).toBe(digits);
});

it("says site, kiosk, step and digits in an address", async () => {
  const kiosk = { id: "k1", site_id: "s1", site_name: "", name: "", key: KEY };
  expect(await addressOf(kiosk, await keyOf(KEY), 59_000, "https://kinerja.example")).toBe(
    "https://kinerja.example/presensi?qr=s1.k1.1.46119246",
  );
});
