/** The house style as a Mantine theme: Inter, 14 px body, 40/44/48 px inputs, one accent, calm greys. */

import { Button, type CSSVariablesResolver, createTheme, Input, type MantineColorsTuple } from "@mantine/core";
import { BRANDS, type Brand } from "./brands";

type Steps = [string, string, string, string, string, string, string, string, string, string];

const steps = (text: string): MantineColorsTuple => text.split(" ").map((hex) => `#${hex}`) as Steps;

const GRAY = steps("F6F7F9 ECEFF2 DDE2E7 C6CDD5 9AA5B1 6F7C8A 566270 414C58 2B343D 181E25");
const DARK = steps("E8ECF0 CDD4DB A7B2BE 76828F 37414C 2A333D 1E252D 14191F 0F1318 0A0D11");

/** The theme of one agency. Mantine wants ten steps: 50 … 900 (25 is too faint to carry anything). */
export function themeOf(brand: Brand) {
  const { scale, main } = BRANDS[brand];
  const ten = steps(scale.split(" ").slice(1).join(" "));
  const shade = ten.indexOf(`#${main}`) as 5 | 6;
  return createTheme({
    colors: { brand: ten, gray: GRAY, dark: DARK },
    primaryColor: "brand",
    primaryShade: { light: shade, dark: shade },
    fontFamily: "Inter Variable, Inter, system-ui, sans-serif",
    fontSizes: { xs: "0.75rem", sm: "0.8125rem", md: "0.875rem", lg: "1rem", xl: "1.125rem" },
    lineHeights: { xs: "1.35", sm: "1.4", md: "1.45", lg: "1.5", xl: "1.5" },
    defaultRadius: "sm",
    radius: { xs: "3px", sm: "6px", md: "8px", lg: "10px", xl: "12px" },
    headings: { fontWeight: "600" },
    cursorType: "pointer",
    respectReducedMotion: true,
    focusRing: "auto",
    components: {
      Button: Button.extend({
        vars: (_, { size }) =>
          size === "compact-md"
            ? { root: {} }
            : { root: { "--button-height": "var(--k-control)", "--button-fz": "var(--mantine-font-size-md)" } },
      }),
      Input: Input.extend({
        vars: () => ({
          wrapper: { "--input-height": "var(--k-control)", "--input-fz": "var(--mantine-font-size-md)" },
        }),
      }),
      // What is wrong with a field, and what it wants, in the size of everything else.
      InputWrapper: Input.Wrapper.extend({
        vars: () => ({
          label: { "--input-label-size": "var(--mantine-font-size-md)" },
          description: { "--input-description-size": "var(--mantine-font-size-sm)" },
          error: { "--input-error-size": "var(--mantine-font-size-sm)" },
          success: { "--input-success-size": "var(--mantine-font-size-sm)" },
        }),
      }),
    },
  });
}

/** Quieter edges on buttons than Mantine's own; fields keep an edge of 3:1 (base.css). */
export const edges: CSSVariablesResolver = () => ({
  variables: {},
  light: { "--mantine-color-default-border": "#c6cdd5", "--mantine-color-error": "var(--k-wrong)" },
  dark: {
    "--mantine-color-error": "var(--k-wrong)",
    "--mantine-color-default-border": "#3d4855",
    "--mantine-color-default": "#1b2129",
  },
});
