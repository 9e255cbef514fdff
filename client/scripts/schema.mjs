// Write src/api/schema.d.ts, limits.ts and answers.ts from the server's own description; with --check only compare.
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import openapiTS, { astToString } from "openapi-typescript";

const root = fileURLToPath(new URL("../../", import.meta.url));
const folder = fileURLToPath(new URL("../src/api/", import.meta.url));
const python = process.env.SPOTAI_PYTHON ?? `${root}.venv/bin/python`;

const spec = JSON.parse(
  execFileSync(python, ["-m", "spotai", "openapi"], {
    cwd: root,
    encoding: "utf-8",
    maxBuffer: 64 * 2 ** 20,
  }),
);
const { Recipe, RecipeToSave, Features, Seed } = spec.components.schemas;
const form = spec.paths["/api/imports"].post.requestBody.content["multipart/form-data"].schema;
const search = spec.paths["/api/tracks"].get.parameters.find(({ name }) => name === "q").schema;
const limits = {
  FILE_BYTES: form.properties.file.maxLength,
  LIST_SONGS: Recipe.properties.size.maximum,
  SEED_SONGS: Seed.properties.track_ids.maxItems,
  SEARCH_CHARACTERS: search.maxLength,
  NAME_CHARACTERS: RecipeToSave.properties.name.maxLength,
};
for (const [name, value] of Object.entries(limits)) {
  if (!Number.isInteger(value)) throw new Error(`the server's description lacks ${name}`);
}
const knob = (name) => {
  const { default: start, minimum, maximum } = Recipe.properties[name];
  if (![start, minimum, maximum].every(Number.isFinite)) throw new Error(`${name} lacks a bound`);
  return { start, minimum, maximum };
};
const constants = {
  ...limits,
  KNOBS: { size: knob("size"), contrast: knob("contrast"), strictness: knob("strictness") },
  FILTERS: Recipe.properties.filters.default,
  VARIETY: Recipe.properties.variety.default,
  FEATURE_NAMES: Object.keys(Features.properties),
};
const lines = Object.entries(constants).map(
  ([name, value]) =>
    `export const ${name} = ${JSON.stringify(value, null, 2)}${Array.isArray(value) ? " as const" : ""};\n`,
);
// What each answer has to hold, for the calls without a parameter in their path.
const calls = Object.entries(spec.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, call]) => [`${method.toUpperCase()} ${path}`, call]),
);
const required = calls.flatMap(([name, call]) => {
  const { 200: answered, 201: made } = call.responses;
  const schema = (answered ?? made)?.content?.["application/json"]?.schema.$ref;
  if (schema === undefined || name.includes("{")) return [];
  return [[name, spec.components.schemas[schema.split("/").at(-1)].required ?? []]];
});
const answers = `export const REQUIRED: Readonly<Record<string, readonly string[]>> = ${JSON.stringify(Object.fromEntries(required), null, 2)};\n`;
const types = await openapiTS(spec, { defaultNonNullable: false });

const written = "// Written by `npm run schema` from the server's OpenAPI description.\n\n";
const files = {
  "schema.d.ts": astToString(types),
  "limits.ts": lines.join(""),
  "answers.ts": answers,
};
for (const [name, text] of Object.entries(files)) {
  if (!process.argv.includes("--check")) writeFileSync(folder + name, written + text);
  else if (readFileSync(folder + name, "utf-8") !== written + text) {
    console.error(`src/api/${name} is not what the server says: run \`npm run schema\`.`);
    process.exit(1);
  }
}
