import type { Value } from "../api/notes";

/** The core values BerAKHLAK in the order of their name. */
export const VALUES: readonly Value[] = [
  "berorientasi_pelayanan",
  "akuntabel",
  "kompeten",
  "harmonis",
  "loyal",
  "adaptif",
  "kolaboratif",
];

/** Fewer letters say nothing, says the service too. */
export const LEAST_WORDS = 5;
/** What one text may hold. */
export const MOST_WORDS = 1000;
