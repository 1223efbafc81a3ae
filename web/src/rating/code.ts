/** A code as people write it: hyphens, blanks and small letters do not matter. Pure. */

export const LENGTH = 12;
const GROUP = 4;

/** Letters and digits alone, in capitals. */
export function plain(typed: string): string {
  return typed
    .normalize("NFKC")
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, "")
    .slice(0, 2 * LENGTH);
}

/** `XXXX-XXXX-XXXX`, as far as it goes. */
export function grouped(code: string): string {
  return code.match(new RegExp(`.{1,${GROUP}}`, "g"))?.join("-") ?? "";
}

/** The code an address carries behind `#`, or "". */
export function ofFragment(hash: string): string {
  try {
    return plain(decodeURIComponent(hash.slice(1)));
  } catch {
    return ""; // a broken escape is no code
  }
}
