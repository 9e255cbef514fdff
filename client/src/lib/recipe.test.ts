import { expect, test } from "vitest";
import type { Edit, FeatureName, History } from "./recipe";
import { DEFAULTS, EMPTY, isSame, NO_FILTERS, PLAIN, recipeOf, reduce } from "./recipe";

const OPEN: Edit = { type: "open", seed: { playlist_id: "p" }, name: "Mine", demo: true };

/** Edits two seconds apart, each a step of its own. */
function after(edits: readonly Edit[], history: History = EMPTY): History {
  return edits.reduce((now, edit, place) => reduce(now, { ...edit, at: place * 2000 }), history);
}

function set(change: object, feature: FeatureName = "energy"): Edit {
  return { type: "set", feature, change };
}

test("an edit leaves everything else alone", () => {
  const { present } = after([OPEN, set({ target: 0.5 }), set({ min: 90 }, "tempo")]);
  expect(present?.settings).toEqual({ energy: { target: 0.5 }, tempo: { min: 90 } });
  expect(present?.size).toBe(30);
});

test("undo and redo go back and forth over any number of steps", () => {
  const steps = Array.from({ length: 300 }, (_, step) => set({ target: step / 300 }));
  let history = after([OPEN, ...steps]);
  const last = history.present;
  for (let step = 0; step < 300; step += 1) history = reduce(history, { type: "undo" });
  expect(history.present?.settings).toEqual({});
  for (let step = 0; step < 300; step += 1) history = reduce(history, { type: "redo" });
  expect(history.present).toEqual(last);
  expect(reduce(history, { type: "redo" })).toBe(history);
});

test("an unticked variable is used again when it gets an aim or a weight, not a limit", () => {
  const unticked = [OPEN, set({ selected: false })];
  for (const change of [{ target: 0.5 }, { weight: "high" as const }]) {
    expect(after([...unticked, set(change)]).present?.settings.energy).toEqual(change);
  }
  for (const change of [{ min: 0.5 }, { weight: "off" as const }, { target: undefined }]) {
    expect(after([...unticked, set(change)]).present?.settings.energy?.selected).toBe(false);
  }
  const again = [set({ target: 0.5 }), set({ selected: false })];
  expect(after([...unticked, ...again]).present?.settings.energy?.selected).toBe(false);
});

test("one drag is one step, two controls are two", () => {
  let history = after([OPEN]);
  history = reduce(history, { ...set({ target: 0.1 }), at: 10_000 });
  history = reduce(history, { ...set({ target: 0.2 }), at: 10_100 });
  history = reduce(history, { ...set({ min: 0.1 }), at: 10_200 });
  history = reduce(history, { type: "undo" });
  expect(history.present?.settings).toEqual({ energy: { target: 0.2 } });
  history = reduce(history, { type: "undo" });
  expect(history.present?.settings).toEqual({});
});

test("what is set and set back at once is no step, and what comes after it is one", () => {
  let history = after([OPEN, set({ min: 0.1 })]);
  const before = history;
  history = reduce(history, { ...set({ selected: false }), at: 10_000 });
  history = reduce(history, { ...set({ selected: undefined }), at: 10_400 });
  expect(history.past).toEqual(before.past);
  expect(history.present).toBe(before.present);
  history = reduce(history, { ...set({ selected: false }), at: 10_800 });
  expect(reduce(history, { type: "undo" }).present).toEqual(before.present);
});

test("a recipe is the same in whatever order it was edited", () => {
  const tick: Edit[] = [set({ selected: false }, "tempo"), set({ selected: undefined }, "tempo")];
  const edits: Edit[] = [OPEN, set({ min: 90 }, "tempo"), set({ min: 0.5, max: 0.9 })];
  const { present } = after(edits);
  expect(isSame(after([...edits, ...tick]).present, present)).toBe(true);
  const other = after([OPEN, set({ max: 0.9 }), set({ min: 0.5 }), set({ min: 90 }, "tempo")]);
  expect(isSame(other.present, present)).toBe(true);
  expect(isSame(after([...edits, set({ min: 91 }, "tempo")]).present, present)).toBe(false);
});

test("a new edit ends what could be redone; an edit that changes nothing is none", () => {
  const undone = reduce(after([OPEN, set({ target: 0.5 })]), { type: "undo" });
  expect(undone.future).toHaveLength(1);
  expect(reduce(undone, { type: "reset", feature: "energy", at: 0 })).toBe(undone);
  expect(after([set({ target: 0.6 })], undone).future).toEqual([]);
});

test("another playlist starts from the defaults, and undo brings the edits back", () => {
  const other: Edit = { type: "open", seed: { track_ids: ["a"] }, name: "Other", demo: false };
  const turn: Edit = { type: "turn", change: { size: 5, strictness: 0.5 } };
  const history = after([OPEN, set({ min: 0.9 }), turn, other]);
  expect(history.present).toEqual({ ...DEFAULTS, ...other, type: undefined });
  const { present } = reduce(history, { type: "undo" });
  expect(present).toMatchObject({ name: "Mine", size: 5, settings: { energy: { min: 0.9 } } });
});

test("undo stops at the opening of the first playlist, and the recipe stays", () => {
  const opened = after([OPEN]);
  expect(opened.past).toEqual([]);
  expect(reduce(opened, { type: "undo" })).toBe(opened);
  const undone = reduce(after([OPEN, set({ target: 0.5 })]), { type: "undo" });
  expect(reduce(undone, { type: "undo" })).toBe(undone);
  expect(undone.future).toHaveLength(1);
});

test("a loosening changes all it names at once, and is undone at once", () => {
  const strict = after([
    OPEN,
    set({ min: 0.2, max: 0.4, target: 0.3 }),
    set({ only: [0] }, "key"),
    { type: "turn", change: { strictness: 0.5 } },
  ]);
  const changes = [
    { field: "features.energy.min", value: null },
    { field: "features.energy.max", value: 0.5 },
    { field: "features.key.only", value: [0, 7] },
    { field: "strictness", value: 0.4 },
  ];
  const looser = after([{ type: "loosen", changes }], strict);
  expect(looser.present?.settings).toEqual({
    energy: { max: 0.5, target: 0.3 },
    key: { only: [0, 7] },
  });
  expect(looser.present?.strictness).toBe(0.4);
  expect(reduce(looser, { type: "undo" }).present).toEqual(strict.present);
});

test.each([
  "filters.mood",
  "features.energy.target",
  "features.mood.min",
  "variety.spread",
  "size",
])("%s is nothing that a loosening changes", (field) => {
  const changes = [{ field, value: 1 }];
  expect(() => after([OPEN, { type: "loosen", changes }])).toThrow(field);
});

test("the recipe has the names the server takes", () => {
  const { present } = after([
    OPEN,
    { type: "turn", change: { size: 5, filters: { ...NO_FILTERS, explicit: false } } },
  ]);
  if (present === null) throw new Error("nothing is open");
  expect(recipeOf(present)).toEqual({
    seed: { playlist_id: "p" },
    features: {},
    size: 5,
    contrast: 1,
    strictness: 0,
    filters: { explicit: false, genres: [], min_playlist_followers: 0 },
    variety: PLAIN,
    facet: null,
  });
});

test("what a link brought is one step, and goes along with every edit", () => {
  const others = { order: "wave", pins: ["a"] } as const;
  const draft = { ...DEFAULTS, seed: { playlist_id: "q" }, name: "Linked", demo: false };
  const loaded: Edit = { type: "load", draft: { ...draft, others: { ...others, pins: ["a"] } } };
  const history = after([OPEN, loaded, set({ target: 0.5 })]);
  if (history.present === null) throw new Error("nothing is open");
  expect(recipeOf(history.present)).toMatchObject({ ...others, features: { energy: {} } });
  const back = reduce(reduce(history, { type: "undo" }), { type: "undo" });
  expect(back.present?.name).toBe("Mine");
});

test("known songs are allowed again where that brings more", () => {
  const excluded: Edit = {
    type: "turn",
    change: { variety: { ...PLAIN, familiar: "exclude", spread: 0.5 } },
  };
  const { present } = after([
    OPEN,
    excluded,
    { type: "loosen", changes: [{ field: "variety.familiar", value: "allow" }] },
  ]);
  expect(present?.variety).toEqual({ ...PLAIN, spread: 0.5 });
});

test("artist cap and versions give way where the list is short", () => {
  const varied: Edit = {
    type: "turn",
    change: { variety: { ...PLAIN, artist_cap: 1, spread: 0.5 } },
  };
  const changes = [
    { field: "variety.artist_cap", value: 2 },
    { field: "variety.one_version_per_song", value: false },
  ];
  const looser = after([OPEN, varied, { type: "loosen", changes }]);
  const expected = { ...PLAIN, spread: 0.5, artist_cap: 2, one_version_per_song: false };
  expect(looser.present?.variety).toEqual(expected);
  const uncapped = [{ field: "variety.artist_cap", value: null }];
  const { present } = after([{ type: "loosen", changes: uncapped }], looser);
  expect(present?.variety.artist_cap).toBeNull();
});

test("a mood is switched on and undone, and another playlist starts with all songs", () => {
  const mood: Edit = { type: "turn", change: { facet: 2 } };
  const switched = after([OPEN, mood]);
  expect(switched.present?.facet).toBe(2);
  expect(reduce(switched, { type: "undo" }).present?.facet).toBeNull();
  const other: Edit = { type: "open", seed: { track_ids: ["a"] }, name: "Other", demo: false };
  expect(after([other], switched).present?.facet).toBeNull();
});
