/** Where a site is, as people copy it from a map. Pure. */

export const SITES = "/lokasi";

/** The four zones of Indonesia by their IANA names. */
export const ZONES = ["Asia/Jakarta", "Asia/Pontianak", "Asia/Makassar", "Asia/Jayapura"];

export interface Point {
  latitude: number;
  longitude: number;
}

/**
 * Latitude and longitude from one line: `-6.1754, 106.8272`, or with decimal commas `-6,1754; 106,8272`. An empty line
 * is no place (null); "unreadable" is what is neither.
 */
export function pointOf(text: string): Point | null | "unreadable" {
  const line = text.trim().replace(/−/g, "-");
  if (line === "") return null;
  // A comma that nothing follows at once, or the only one, parts the two; any other is a decimal comma.
  const parts = /[;\s]/.test(line) ? line.split(/\s*;\s*|,?\s+/) : line.split(",");
  const [latitude, longitude, ...rest] = parts.map((part) => degrees(part));
  if (latitude == null || longitude == null || rest.length > 0) return "unreadable";
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 ? { latitude, longitude } : "unreadable";
}

function degrees(text: string): number | null {
  const plain = text.trim().replace(",", ".");
  return /^[+-]?\d{1,3}(\.\d+)?$/.test(plain) ? Number(plain) : null;
}

/** As it is shown and read back. */
export function pointText(point: { latitude?: number | null; longitude?: number | null }): string {
  return point.latitude == null || point.longitude == null ? "" : `${point.latitude}, ${point.longitude}`;
}

const LEAST = 10;
const MOST = 5_000;

/** Whole metres within what the service takes; an empty field is none. */
export function radiusOf(text: string): number | null | "unreadable" {
  const plain = text.trim();
  if (plain === "") return null;
  const metres = /^\d{1,4}$/.test(plain) ? Number(plain) : 0;
  return metres >= LEAST && metres <= MOST ? metres : "unreadable";
}
