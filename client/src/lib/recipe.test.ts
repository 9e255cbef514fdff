import { expect, test } from "vitest";
import type { Edit, FeatureName, History } from "./recipe";
import { DEFAULTS, EMPTY, NO_FILTERS, recipeOf, reduce } from "./recipe";

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

test("a limit that is given up is not in the recipe", () => {
  const { present } = after([
    OPEN,
    set({ min: 0.2, max: 0.4, target: 0.3 }),
    { type: "loosen", field: "features.energy" },
  ]);
  expect(present?.settings).toEqual({ energy: { target: 0.3 } });
  expect(() => after([OPEN, { type: "loosen", field: "filters.mood" }])).toThrow("filters.mood");
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
    facet: null,
  });
});

test("a mood is switched on and undone, and another playlist starts with all songs", () => {
  const mood: Edit = { type: "turn", change: { facet: 2 } };
  const switched = after([OPEN, mood]);
  expect(switched.present?.facet).toBe(2);
  expect(reduce(switched, { type: "undo" }).present?.facet).toBeNull();
  const other: Edit = { type: "open", seed: { track_ids: ["a"] }, name: "Other", demo: false };
  expect(after([other], switched).present?.facet).toBeNull();
});
