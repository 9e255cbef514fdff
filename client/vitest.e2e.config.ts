import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  test: {
    include: ["e2e/**/*.test.ts"],
    globalSetup: ["e2e/server.ts"],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // One browser and one server for all of them: the machine may be small.
    fileParallelism: false,
  },
});
