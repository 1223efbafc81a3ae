import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { compressed } from "./scripts/compressed";
import { serviceWorker } from "./scripts/service-worker";
import { stylesWithin } from "./scripts/styles-within";

// In development the page is served by Vite and the API by the edge of a running system (or by dev/serve.mjs).
const api = process.env.KINERJA_API ?? "http://127.0.0.1:8080";
const port = Number(process.env.KINERJA_WEB_PORT ?? 5173);

// What works without a network: the button, the kiosk, and the frame with its menus and languages.
const OFFLINE = ["/checkin/", "/kiosk/KioskPage", "/shell/", "/session/", "/i18n/"];

// Of the component library: fields, and what stands on a layer of its own.
const WRITING = /@mantine.core.esm.components.(Input|InputBase|TextInput|Textarea)\//;
const CHOOSING = /@floating-ui|@mantine.core.esm.components.(Combobox|Popover|Select|ScrollArea|FocusTrap)\//;

// The citizens' page stands alone: nothing of the app comes with it.
const OF_THE_APP = /^(?!.*\/src\/rating\/)(?!.*\/nilai\.html)/;

export default defineConfig({
  plugins: [react(), serviceWorker("src/offline/sw.js", OFFLINE), stylesWithin("nilai.html"), compressed()],
  server: { host: "127.0.0.1", port, strictPort: true, proxy: { "/api": api } },
  preview: { host: "127.0.0.1", port, strictPort: true, proxy: { "/api": api } },
  build: {
    target: "es2023",
    // The content security policy of the edge allows no inlined data in scripts; fonts and pictures stay files too.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: true,
    rolldownOptions: {
      input: ["index.html", "nilai.html"],
      // What every page needs is one file: sixty small ones compress worse and, on a slow line, wait for each other. So are
      // fields, and lists to choose from with all they stand on; the rest comes with the pages that draw it.
      output: {
        codeSplitting: {
          groups: [
            { name: "frame", tags: ["$initial"], test: OF_THE_APP, priority: 3 },
            { name: "writing", test: WRITING, priority: 2 },
            { name: "choosing", test: CHOOSING, priority: 1 },
          ],
        },
      },
    },
  },
  test: { environment: "node", include: ["src/**/*.test.ts"] },
});
