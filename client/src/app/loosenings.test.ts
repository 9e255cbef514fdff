import { expect, test } from "vitest";
import type { Draft } from "@/lib/recipe";
import { DEFAULTS, NO_FILTERS, recipeOf, reduce } from "@/lib/recipe";
import { spec } from "./spec";

const { Features, Filters } = spec().components.schemas;

/** Every field of a recipe whose condition the server can offer to give up. */
const FIELDS = [
  ...Object.keys(Features?.properties ?? {}).map((name) => `features.${name}`),
  ...Object.keys(Filters?.properties ?? {}).map((name) => `filters.${name}`),
  "strictness",
];

function strict(): Draft {
  const names = Object.keys(Features?.properties ?? {});
  const setting = { target: 1, min: 0, max: 1, only: [1] };
  return {
    ...DEFAULTS,
    seed: { playlist_id: "p" },
    name: "Mine",
    demo: false,
    strictness: 0.5,
    settings: Object.fromEntries(names.map((name) => [name, setting])),
    filters: { explicit: false, genres: ["ambient"], min_playlist_followers: 10 },
  };
}

function at(recipe: unknown, field: string): unknown {
  return field
    .split(".")
    .reduce((part, name) => (part as Record<string, unknown>)[name], recipe as unknown);
}

test("the server describes fifteen features and three filters", () => {
  expect(FIELDS).toHaveLength(15 + 3 + 1);
});

test.each(FIELDS)("%s can be given up, and nothing else goes with it", (field) => {
  const present = strict();
  const history = { past: [], present, future: [], last: null };
  const after = reduce(history, { type: "loosen", field, at: 0 }).present;
  if (after === null) throw new Error("the recipe is gone");
  const left = at(recipeOf(after), field);
  const given = { ...NO_FILTERS, strictness: 0 } as Record<string, unknown>;
  const part = field.replace("filters.", "");
  expect(left).toEqual(field.startsWith("features.") ? { target: 1 } : given[part]);
  const others = FIELDS.filter((each) => each !== field);
  const before = recipeOf(present);
  for (const other of others) expect(at(recipeOf(after), other)).toEqual(at(before, other));
});
