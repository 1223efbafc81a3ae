/** Brand colours of the INA Digital Design System: eleven steps 25, 50, 100 … 900, and the step that is the main one. */

export const BRANDS = {
  city: {
    scale: "F2F9FD E3F0FB C1E3F6 8ACCEF 4CB2E4 269DD8 177AB2 146190 145378 164564 0F2D42",
    main: "177AB2",
  },
  panrb: {
    scale: "FDF3F3 FCE4E4 FACECF F5ACAD ED7C7E E15254 CD3537 B42B2D 8F2527 772526 400F10",
    main: "B42B2D",
  },
  bkn: {
    scale: "FDF2F7 FDE6F1 FDCDE3 FCA5CB F96DA7 F24286 DE1D5E C41249 A2123C 871436 53041A",
    main: "DE1D5E",
  },
} as const;

export type Brand = keyof typeof BRANDS;

export function isBrand(value: unknown): value is Brand {
  return typeof value === "string" && Object.hasOwn(BRANDS, value);
}
