import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { gzipSync } from "node:zlib";
import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

const SERVER = process.env.SPOTAI_SERVER ?? "http://127.0.0.1:5000";

/** Beside each script and style its gzip, which the server sends to those who take it. */
const packed: Plugin = {
  name: "packed",
  apply: "build",
  generateBundle: {
    // Vite writes into scripts which others they need: what is packed has to hold that.
    order: "post",
    handler(_, bundle) {
      for (const [fileName, file] of Object.entries(bundle)) {
        if (!/\.(js|css)$/.test(fileName)) continue;
        const source = gzipSync(file.type === "chunk" ? file.code : file.source, { level: 9 });
        this.emitFile({ type: "asset", fileName: `${fileName}.gz`, source });
      }
    },
  },
};

export default defineConfig({
  plugins: [react(), tailwindcss(), packed],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  build: {
    outDir: "../spotai/static",
    emptyOutDir: true,
    target: "es2022",
    // Small files stay files: the page's policy allows no inline script or style.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: {
    host: "127.0.0.1",
    proxy: Object.fromEntries(
      ["/api/", "/apidocs", "/openapi.json", "/login", "/callback", "/healthz"].map((path) => [
        path,
        SERVER,
      ]),
    ),
  },
  test: {
    environment: "jsdom",
    include: ["src/**/*.test.{ts,tsx}"],
    setupFiles: ["src/app/tests.setup.ts"],
    restoreMocks: true,
  },
});
