// Write src/api/schema.d.ts and limits.ts from the server's own description; with --check only compare.
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
const { Recipe } = spec.components.schemas;
const form = spec.paths["/api/imports"].post.requestBody.content["multipart/form-data"].schema;
const limits = {
  FILE_BYTES: form.properties.file.maxLength,
  LIST_SONGS: Recipe.properties.size.maximum,
};
const constants = Object.entries(limits).map(([name, value]) => {
  if (!Number.isInteger(value)) throw new Error(`the server's description lacks ${name}`);
  return `export const ${name} = ${value};\n`;
});
const types = await openapiTS(spec, { defaultNonNullable: false });

const written = "// Written by `npm run schema` from the server's OpenAPI description.\n\n";
const files = { "schema.d.ts": astToString(types), "limits.ts": constants.join("") };
for (const [name, text] of Object.entries(files)) {
  if (!process.argv.includes("--check")) writeFileSync(folder + name, written + text);
  else if (readFileSync(folder + name, "utf-8") !== written + text) {
    console.error(`src/api/${name} is not what the server says: run \`npm run schema\`.`);
    process.exit(1);
  }
}
