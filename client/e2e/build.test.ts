import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, inject, test } from "vitest";

const CLIENT = resolve(import.meta.dirname, "..");
const ASSETS = resolve(CLIENT, "../spotai/static/assets");

test("the generated types are what the server describes", () => {
  execFileSync(process.execPath, ["scripts/schema.mjs", "--check"], { cwd: CLIENT });
});

test.each([
  { kind: ".js", most: 120_000 },
  { kind: ".css", most: 12_000 },
])("all $kind together have at most $most bytes in gzip", ({ kind, most }) => {
  const files = readdirSync(ASSETS).filter((name) => name.endsWith(kind));
  expect(files.length).toBeGreaterThan(0);
  const sizes = files.map((name) => gzipSync(readFileSync(resolve(ASSETS, name))).length);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(most);
});

test("scripts are kept for a year, the page is asked for each time", async () => {
  const page = await fetch(inject("demo"));
  expect(page.headers.get("Cache-Control")).toBe("no-cache");
  const script = /src="([^"]+)"/.exec(await page.text())?.[1] ?? "";
  const answer = await fetch(inject("demo") + script);
  expect(answer.headers.get("Cache-Control")).toContain("max-age=31536000, immutable");
  expect(answer.headers.get("Content-Encoding")).toBe("gzip");
});
