/** What the services take as evidence. They look at the content; here only what is said of a file is looked at. Pure. */

export const TAKEN = "application/pdf,image/png,image/jpeg";
export const MOST = 5;
const KIB = 1024;
const MOST_BYTES = 10 * KIB * KIB;

/** Why a file need not be sent to be refused; null: the service will say. */
export function unfit({ type, size }: Pick<File, "type" | "size">): "type" | "large" | null {
  if (type !== "" && !TAKEN.split(",").includes(type)) return "type";
  return size > MOST_BYTES ? "large" : null;
}

/** Whole KiB, at least one. */
export function kibibytes(size: number): number {
  return Math.max(1, Math.round(size / KIB));
}

/** Shown within the page as a picture; everything else is only handed out. */
export function isPicture(mediaType: string): boolean {
  return mediaType === "image/png" || mediaType === "image/jpeg";
}
