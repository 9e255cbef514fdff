import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize, relative, resolve } from "node:path";
import { expect, test } from "vitest";

const SRC = resolve(import.meta.dirname, "..");
const LAYERS = ["api", "lib", "ui", "features", "app"];
const LONGEST_FILE = 400;

/** `features/model`, else the folder itself. */
function roomOf(path: string): string {
  const [first = "", second = ""] = path.split("/");
  return first === "features" ? `${first}/${second}` : first;
}

function importsOf(file: string, text: string): string[] {
  const written = /(?:from|import)\s*\(?\s*["'`]([^"'`]+)["'`]/g;
  const named = [...text.matchAll(written)].map((match) => match[1] ?? "");
  return named.flatMap((name) => {
    if (name.startsWith("@/")) return [name.slice(2)];
    return name.startsWith(".") ? [normalize(join(dirname(file), name))] : [];
  });
}

function layer(path: string): number {
  return LAYERS.indexOf(path.split("/")[0] ?? "");
}

/** Imports that point up, or from one feature into another. */
function faultsOf(file: string, text: string): string[] {
  return importsOf(file, text)
    .filter((name) => roomOf(name) !== roomOf(file) && layer(name) >= layer(file))
    .map((name) => `${file} imports ${name}`);
}

const files = readdirSync(SRC, { recursive: true, encoding: "utf-8" }).filter((name) =>
  /\.tsx?$/.test(name),
);
const sources = files.map((file) => [file, readFileSync(join(SRC, file), "utf-8")] as const);

test("imports point down, and no feature knows another", () => {
  expect(sources.length).toBeGreaterThan(20);
  expect(sources.flatMap(([file, text]) => faultsOf(file, text))).toEqual([]);
});

test.each([
  ["ui/Button.tsx", 'import { App } from "@/app/App";'],
  ["features/model/Model.tsx", 'import { Why } from "../results/Why";'],
  ["api/client.ts", 'import { keep } from "../lib/kept";'],
  ["ui/Button.tsx", 'import "@/app/style.css";'],
  ["lib/route.ts", 'const page = await import("@/app/Console");'],
  ["lib/route.ts", "export * from '../ui/Strip';"],
])("%s with %s is found", (file, text) => {
  expect(faultsOf(file, text)).toHaveLength(1);
});

test("files stay short", () => {
  const written = sources.filter(([file]) => !file.endsWith("schema.d.ts"));
  const long = written.filter(([, text]) => text.split("\n").length > LONGEST_FILE);
  expect(long.map(([file]) => relative(SRC, file))).toEqual([]);
});
