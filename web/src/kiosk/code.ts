/** The code a kiosk shows (RFC 6238; services/attendance/kiosks/codes.py): worked out here, so that it needs no network. */

export const STEP_SECONDS = 30;
const DIGITS = 8;

export interface KioskSecret {
  id: string;
  site_id: string;
  site_name: string;
  name: string;
  /** HMAC-SHA-256 key in hexadecimal. */
  key: string;
}

/** The half minute an instant (milliseconds since 1970) lies in. */
export const stepOf = (at: number) => Math.floor(at / 1000 / STEP_SECONDS);

export async function digitsOf(key: CryptoKey, step: number): Promise<string> {
  const counter = new DataView(new ArrayBuffer(8));
  counter.setBigUint64(0, BigInt(step));
  const digest = new DataView(await crypto.subtle.sign("HMAC", key, counter.buffer));
  const offset = digest.getUint8(digest.byteLength - 1) & 0x0f;
  const number = digest.getUint32(offset) & 0x7fff_ffff;
  return String(number % 10 ** DIGITS).padStart(DIGITS, "0");
}

export function keyOf(hex: string): Promise<CryptoKey> {
  const bytes = Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  return crypto.subtle.importKey("raw", bytes, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
}

/** What the picture says: an address, so that a phone's own camera opens the app with the code in it. */
export async function addressOf(kiosk: KioskSecret, key: CryptoKey, at: number, origin: string): Promise<string> {
  const step = stepOf(at);
  return `${origin}/presensi?qr=${kiosk.site_id}.${kiosk.id}.${step}.${await digitsOf(key, step)}`;
}

const KEPT = "kinerja-kiosk";

/** The kiosk this screen is, if it is one. */
export function kept(): KioskSecret | null {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(KEPT) ?? "null");
    return typeof found === "object" && found !== null && "key" in found ? (found as KioskSecret) : null;
  } catch {
    return null; // storage is blocked, or holds something else
  }
}

export function keep(kiosk: KioskSecret): void {
  localStorage.setItem(KEPT, JSON.stringify(kiosk));
}
