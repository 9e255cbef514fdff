// Write src/api/schema.d.ts from the server's own description; with --check only compare.
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import openapiTS, { astToString } from "openapi-typescript";

const root = fileURLToPath(new URL("../../", import.meta.url));
const file = fileURLToPath(new URL("../src/api/schema.d.ts", import.meta.url));
const python = process.env.SPOTAI_PYTHON ?? `${root}.venv/bin/python`;

const spec = execFileSync(python, ["-m", "spotai", "openapi"], {
  cwd: root,
  encoding: "utf-8",
  maxBuffer: 64 * 2 ** 20,
});
const types = await openapiTS(JSON.parse(spec), { defaultNonNullable: false });
const text = `// Written by \`npm run schema\` from the server's OpenAPI description.\n\n${astToString(types)}`;

if (!process.argv.includes("--check")) writeFileSync(file, text);
else if (readFileSync(file, "utf-8") !== text) {
  console.error("src/api/schema.d.ts is not what the server says: run `npm run schema`.");
  process.exit(1);
}
