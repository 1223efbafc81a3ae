/** Puts a page's styles into the page itself: it can be drawn when it has come, without asking for another file. */

import type { Plugin } from "vite";

const SHEET = /<link rel="stylesheet"[^>]* href="\/([^"]+\.css)"[^>]*>/g;

interface Asset {
  type: string;
  source?: string | Uint8Array;
}

export function stylesWithin(page: string): Plugin {
  return {
    name: "kinerja-styles-within",
    apply: "build",
    enforce: "post", // after the page has been written
    generateBundle(_, bundle) {
      const assets = bundle as unknown as Record<string, Asset>;
      const whole = assets[page];
      if (whole === undefined) throw new Error(`no page ${page} was built`);
      whole.source = String(whole.source).replace(SHEET, (_, sheet: string) => {
        const css = assets[sheet]?.source;
        if (css === undefined) throw new Error(`${page} names ${sheet}, which was not built`);
        delete assets[sheet];
        return `<style>${String(css).trim()}</style>`;
      });
    },
  };
}
