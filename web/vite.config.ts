import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

// In development the page is served by Vite and the API by the edge of a running system (or by dev/serve.mjs).
const api = process.env.KINERJA_API ?? "http://127.0.0.1:8080";
const port = Number(process.env.KINERJA_WEB_PORT ?? 5173);

export default defineConfig({
  plugins: [react()],
  server: { host: "127.0.0.1", port, strictPort: true, proxy: { "/api": api } },
  preview: { host: "127.0.0.1", port, strictPort: true, proxy: { "/api": api } },
  build: {
    target: "es2023",
    // The content security policy of the edge allows no inlined data in scripts; fonts and pictures stay files too.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: true,
    rolldownOptions: {
      output: {
        // One chunk changes with every release of ours, the other only when a dependency does.
        codeSplitting: {
          groups: [{ name: "vendor", test: /node_modules[\\/](?!.*(echarts|zrender))/ }],
        },
      },
    },
  },
  test: { environment: "node", include: ["src/**/*.test.ts"] },
});
