/** Writes `sw.js` with the names of what an employee needs without a network: the app's start, and the pages named. */

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Plugin } from "vite";

const PUBLIC = ["/", "/agency.json", "/color-scheme.js", "/favicon.svg", "/manifest.webmanifest"];

interface Chunk {
  type: string;
  fileName: string;
  facadeModuleId?: string | null;
  imports?: string[];
  viteMetadata?: { importedCss: Set<string>; importedAssets: Set<string> };
}

/** `pages` are parts of paths: a chunk that begins with such a module is kept, with all it imports. */
export function serviceWorker(source: string, pages: readonly string[]): Plugin {
  return {
    name: "kinerja-service-worker",
    apply: "build",
    enforce: "post", // after the page itself, which drops an entry that only passes on
    generateBundle(_, bundle) {
      const chunks = bundle as unknown as Record<string, Chunk>;
      const kept = new Set<string>();
      const keep = (name: string) => {
        const chunk = chunks[name];
        if (chunk === undefined || kept.has(name)) return;
        kept.add(name);
        for (const one of chunk.viteMetadata?.importedCss ?? []) kept.add(one);
        for (const one of chunk.viteMetadata?.importedAssets ?? []) kept.add(one);
        for (const one of chunk.imports ?? []) keep(one);
      };
      for (const chunk of Object.values(chunks)) {
        const begins = chunk.facadeModuleId ?? "";
        if (begins.endsWith("/index.html") || pages.some((page) => begins.includes(page))) keep(chunk.fileName);
      }
      const files = [...PUBLIC, ...[...kept].filter((name) => name.startsWith("assets/")).map((name) => `/${name}`)];
      const name = createHash("sha256").update(files.join("\n")).digest("hex").slice(0, 16);
      const code = readFileSync(source, "utf8")
        .replace("__FILES__", JSON.stringify(files))
        .replace("__NAME__", JSON.stringify(`kinerja-${name}`));
      this.emitFile({ type: "asset", fileName: "sw.js", source: code });
    },
  };
}
