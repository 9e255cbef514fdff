import { expect, test } from "vitest";
import { draftOfRecipe, keep, kept } from "./kept";
import type { Draft } from "./recipe";
import { DEFAULTS, recipeOf } from "./recipe";

const DRAFT: Draft = { ...DEFAULTS, seed: { playlist_id: "p" }, name: "Mine", demo: false };

test("what was kept comes back, and null removes it", () => {
  keep(DRAFT);
  expect(kept()).toEqual(DRAFT);
  keep(null);
  expect(kept()).toBeNull();
});

test("every edit comes back as it was", () => {
  const edited: Draft = {
    ...DRAFT,
    settings: {
      energy: { selected: false, target: 0.5, weight: "high", min: 0.1, max: 0.9 },
      key: { only: [0, 7] },
    },
    size: 5,
    contrast: 0.2,
    strictness: 0.3,
    filters: { explicit: false, genres: ["ambient"], min_playlist_followers: 10 },
    variety: {
      artist_cap: 2,
      one_version_per_song: false,
      spread: 0.5,
      familiar: "exclude",
      random_seed: 3,
    },
    others: { tempo_octaves: true, order: "wave", pins: ["a"], bans: ["b"] },
    facet: 2,
  };
  keep(edited);
  expect(kept()).toEqual(edited);
});

test.each([
  { settings: { energy: { weight: "huge", min: "0.1", only: "all" }, mood: { min: 1 } } },
  { settings: { energy: 3 } },
  { settings: null },
  { size: 501 },
  { size: 2.5 },
  { contrast: "1" },
  { strictness: -1 },
  { filters: { explicit: "no", genres: [1], min_playlist_followers: -1 } },
  { filters: [] },
  { variety: { familiar: "maybe", artist_cap: "2", spread: null } },
  { others: { order: "closest", pins: [1], bans: [], tempo_octaves: false } },
  { facet: 6 },
  { facet: "1" },
])("%o is no value a recipe can have: it is the default", (wrong) => {
  sessionStorage.setItem("spotai.recipe.1", JSON.stringify({ ...DRAFT, ...wrong }));
  expect(kept()).toEqual(DRAFT);
});

test.each(["{", "[]", "3", '{"seed": null}', '{"seed": {}, "name": "Mine"}'])(
  "%s from elsewhere counts for nothing",
  (text) => {
    sessionStorage.setItem("spotai.recipe.1", text);
    expect(kept()).toBeNull();
  },
);

test("of a recipe of the server's, defaults are no edits", () => {
  const recipe = {
    seed: { playlist_id: "p", track_ids: [] },
    features: {
      energy: { selected: null, target: null, weight: "normal", min: 0.5, max: null },
      key: { selected: null, target: null, weight: "normal", only: null },
    },
    order: "closest",
    pins: [],
  } as const;
  const draft = draftOfRecipe({ ...recipe, seed: { playlist_id: "p" }, pins: [] }, "Mine", false);
  expect(draft).toEqual({ ...DRAFT, settings: { energy: { min: 0.5 } } });
});

test("a recipe from aims alone comes back too", () => {
  const aims = { ...DRAFT, seed: { track_ids: [] }, settings: { energy: { target: 0.5 } } };
  keep(aims);
  expect(kept()).toEqual(aims);
  expect(draftOfRecipe(recipeOf(aims), "Mine", false)).toEqual(aims);
});
