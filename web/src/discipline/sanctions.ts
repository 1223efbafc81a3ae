/** Codes of steps as words. Pure. */

import type { Translate } from "../i18n";

const KNOWN = [
  "teguran_lisan",
  "teguran_tertulis",
  "pernyataan_tidak_puas",
  "tukin_25_6_bulan",
  "tukin_25_9_bulan",
  "tukin_25_12_bulan",
  "kgb_ditunda_1_tahun",
  "pangkat_ditunda_1_tahun",
  "pangkat_turun_1_tahun",
  "jabatan_turun_12_bulan",
  "pelaksana_12_bulan",
  "pemberhentian",
  "belum_dihimpun",
] as const;

/** An agency's own code, which these words do not know, is shown as it is. */
export function sanctionWord(code: string, t: Translate): string {
  const known = KNOWN.find((one) => one === code);
  return known === undefined ? code.replaceAll("_", " ") : t(`sanction.${known}`);
}
