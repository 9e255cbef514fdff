import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { findChromium } from "./e2e/chromium.ts";

const ready = findChromium() !== null || process.env.CI === "true";
if (!ready) {
  console.warn("Chromium is missing, so the page cannot be tested in a browser.");
  console.warn("Debian or Ubuntu: sudo apt-get install chromium. macOS: brew install chromium.");
}

export default defineConfig({
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  test: {
    include: ready ? ["e2e/**/*.test.ts"] : [],
    passWithNoTests: !ready,
    globalSetup: ready ? ["e2e/server.ts"] : [],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // One server for all of them, on a machine that may be small.
    fileParallelism: false,
  },
});
