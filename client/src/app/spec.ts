import { execFileSync } from "node:child_process";
import { resolve } from "node:path";
import { http, HttpResponse } from "msw";

interface Spec {
  paths: Record<string, Record<string, Call>>;
  components: { schemas: Record<string, { properties?: Record<string, object> }> };
}

interface Call {
  responses?: Record<string, { content?: Record<string, Content> }>;
}

interface Content {
  examples?: Record<string, { value: object }>;
}

const ROOT = resolve(import.meta.dirname, "../../..");

/** For tests: answer every call as the examples of the server's own description do. */
export function handlersOfSpec() {
  return Object.entries(spec().paths).flatMap(([path, calls]) =>
    (["get", "post", "put", "delete"] as const).flatMap((method) => {
      const { 200: answered, 201: made } = calls[method]?.responses ?? {};
      const content = (answered ?? made)?.content?.["application/json"];
      const example = Object.values(content?.examples ?? {})[0];
      if (example === undefined) return [];
      const pattern = `*${path.replaceAll(/\{(\w+)\}/g, ":$1")}`;
      return [http[method](pattern, () => HttpResponse.json(example.value))];
    }),
  );
}

/** For tests: the server's own description. */
export function spec(): Spec {
  const python = process.env.SPOTAI_PYTHON ?? resolve(ROOT, ".venv/bin/python");
  const text = execFileSync(python, ["-m", "spotai", "openapi"], {
    cwd: ROOT,
    encoding: "utf-8",
    maxBuffer: 64 * 2 ** 20,
  });
  return JSON.parse(text) as Spec;
}
