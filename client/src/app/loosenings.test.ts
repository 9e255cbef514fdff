import { expect, test } from "vitest";
import type { Draft } from "@/lib/recipe";
import { DEFAULTS, NO_FILTERS, recipeOf, reduce } from "@/lib/recipe";
import { spec } from "./spec";

const { Features, Filters } = spec().components.schemas;
const LIMITS = { min: null, max: null, only: null };
const NAMES = Object.keys(Features?.properties ?? {});

/** Every field of a recipe that the server may offer to give up, and its value then. */
const FIELDS = [
  ...NAMES.flatMap((name) =>
    Object.entries(LIMITS).map(([limit, none]) => [`features.${name}.${limit}`, none] as const),
  ),
  ...Object.keys(Filters?.properties ?? {}).map(
    (name) => [`filters.${name}`, NO_FILTERS[name as keyof typeof NO_FILTERS]] as const,
  ),
  ["strictness", 0] as const,
];

function strict(): Draft {
  const setting = { target: 1, min: 0, max: 1, only: [1] };
  return {
    ...DEFAULTS,
    seed: { playlist_id: "p" },
    name: "Mine",
    demo: false,
    strictness: 0.5,
    settings: Object.fromEntries(NAMES.map((name) => [name, setting])),
    filters: { explicit: false, genres: ["ambient"], min_playlist_followers: 10 },
  };
}

function at(recipe: unknown, field: string): unknown {
  return field
    .split(".")
    .reduce((part, name) => (part as Record<string, unknown>)[name], recipe as unknown);
}

test("the server describes fifteen features and three filters", () => {
  expect(FIELDS).toHaveLength(15 * 3 + 3 + 1);
});

test.each(FIELDS)("%s can be given up, and nothing else goes with it", (field, value) => {
  const present = strict();
  const history = { past: [], present, future: [], last: null };
  const changes = [{ field, value: value as number | number[] | null }];
  const after = reduce(history, { type: "loosen", changes, at: 0 }).present;
  if (after === null) throw new Error("the recipe is gone");
  expect(at(recipeOf(after), field) ?? null).toEqual(value);
  const before = recipeOf(present);
  for (const [other] of FIELDS.filter(([each]) => each !== field)) {
    expect(at(recipeOf(after), other)).toEqual(at(before, other));
  }
});
