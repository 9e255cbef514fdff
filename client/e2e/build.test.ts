import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { expect, inject, test } from "vitest";

const CLIENT = resolve(import.meta.dirname, "..");
const ASSETS = resolve(CLIENT, "../spotai/static/assets");

test("the generated types are what the server describes", () => {
  execFileSync(process.execPath, ["scripts/schema.mjs", "--check"], { cwd: CLIENT });
});

/** How large files are together in gzip. */
function sizeOf(names: readonly string[]): number {
  expect(names.length).toBeGreaterThan(0);
  const sizes = names.map((name) => gzipSync(readFileSync(resolve(ASSETS, name))).length);
  return sizes.reduce((sum, size) => sum + size, 0);
}

test("the scripts of the first page have at most 110 kB in gzip, its styles 12 kB", () => {
  const page = readFileSync(resolve(ASSETS, "../index.html"), "utf-8");
  const named = [...page.matchAll(/(?:src|href)="\/assets\/([^"]+)"/g)].map(
    ([, name]) => name ?? "",
  );
  expect(sizeOf(named.filter((name) => name.endsWith(".js")))).toBeLessThanOrEqual(110_000);
  expect(sizeOf(named.filter((name) => name.endsWith(".css")))).toBeLessThanOrEqual(12_000);
});

test("all scripts together have at most 130 kB in gzip", () => {
  const scripts = readdirSync(ASSETS).filter((name) => name.endsWith(".js"));
  expect(sizeOf(scripts)).toBeLessThanOrEqual(130_000);
});

test("what is packed beside a script is that script", () => {
  const packed = readdirSync(ASSETS).filter((name) => name.endsWith(".gz"));
  expect(packed.length).toBeGreaterThan(2);
  for (const name of packed) {
    const plain = readFileSync(resolve(ASSETS, name.slice(0, -".gz".length)));
    expect(gunzipSync(readFileSync(resolve(ASSETS, name))).equals(plain), name).toBe(true);
  }
});

test("scripts are kept for a year, the page is asked for each time", async () => {
  const page = await fetch(inject("demo"));
  expect(page.headers.get("Cache-Control")).toBe("no-cache");
  const script = /src="([^"]+)"/.exec(await page.text())?.[1] ?? "";
  const answer = await fetch(inject("demo") + script);
  expect(answer.headers.get("Cache-Control")).toContain("max-age=31536000, immutable");
  expect(answer.headers.get("Content-Encoding")).toBe("gzip");
});
