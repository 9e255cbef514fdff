import { hashKey } from "@tanstack/react-query";
import { FEATURE_NAMES, FILTERS, KNOBS, VARIETY } from "@/api/limits";
import type { Change, Filters, Recipe, Seed, Variety } from "@/api/types";

type Features = NonNullable<Recipe["features"]>;
type AnySetting = NonNullable<Features[keyof Features]>;
type FieldOf<One> = One extends unknown ? keyof One : never;
type ValueOf<One, Field> = One extends unknown
  ? Field extends keyof One
    ? One[Field]
    : never
  : never;
/** The server names the values of key and mode one by one; the page takes them from its answers. */
type Widened<Value> = Value extends number
  ? number
  : Value extends readonly (infer Each)[]
    ? readonly Widened<Each>[]
    : Value;

export type FeatureName = keyof Features;

/** One model variable as far as the listener changed it; what is not there is the default. */
export type Setting = {
  [Field in FieldOf<AnySetting>]?: Widened<NonNullable<ValueOf<AnySetting, Field>>> | undefined;
};

export type Weight = NonNullable<Setting["weight"]>;

export const WEIGHTS: readonly Weight[] = ["off", "low", "normal", "high"];

const LIMITS = ["min", "max", "only"] as const satisfies readonly (keyof Setting)[];

/** Of the variety what keeps songs from the list. */
const LOOSENED = [
  "artist_cap",
  "one_version_per_song",
  "familiar",
] as const satisfies readonly (keyof Variety)[];

/** What a link may bring and this page has no control of: it goes along as it is. */
export type Others = Pick<Recipe, "tempo_octaves" | "order" | "pins" | "bans">;

/** Everything the listener decides. `name` says to people what the seed is. */
export interface Draft extends Required<Pick<Recipe, "seed" | "size" | "contrast" | "strictness">> {
  name: string;
  demo: boolean;
  settings: Readonly<Partial<Record<FeatureName, Setting>>>;
  filters: Required<Filters>;
  variety: Required<Variety>;
  others: Others;
  /** The one mood to go by, null for all songs. */
  facet: number | null;
}

export const NO_FILTERS: Required<Filters> = FILTERS;

/** The list without wishes for its variety. */
export const PLAIN = VARIETY as Required<Variety>;

export const DEFAULTS: Omit<Draft, "seed" | "name" | "demo"> = {
  settings: {},
  size: KNOBS.size.start,
  contrast: KNOBS.contrast.start,
  strictness: KNOBS.strictness.start,
  filters: NO_FILTERS,
  variety: PLAIN,
  others: {},
  facet: null,
};

export function isFeatureName(name: string | undefined): name is FeatureName {
  return FEATURE_NAMES.some((known) => known === name);
}

export type Knob = "size" | "contrast" | "strictness" | "filters" | "variety" | "facet";

export type Edit =
  | { type: "load"; draft: Draft }
  | { type: "open"; seed: Seed; name: string; demo: boolean }
  | { type: "set"; feature: FeatureName; change: Setting }
  | { type: "reset"; feature: FeatureName }
  | { type: "turn"; change: Partial<Pick<Draft, Knob>> }
  | { type: "loosen"; changes: readonly Change[] };

/** Edits of one control less than a second apart, like those of one drag, are undone together. */
export type Action = (Edit & { at: number }) | { type: "undo" } | { type: "redo" };

/** Nothing lies before the first recipe: to open it is no step, or undo would throw it away. */
export interface History {
  past: readonly Draft[];
  present: Draft | null;
  future: readonly Draft[];
  last: { control: string; at: number } | null;
}

export const EMPTY: History = { past: [], present: null, future: [], last: null };

const TOGETHER_MS = 1000;

export function reduce(history: History, action: Action): History {
  if (action.type === "undo") return step(history, "past", "future");
  if (action.type === "redo") return step(history, "future", "past");
  const present = edited(history.present, action);
  if (isSame(present, history.present)) return history;
  const control = controlOf(action);
  const together = history.last?.control === control && action.at - history.last.at < TOGETHER_MS;
  const past = together ? history.past : [...history.past, ...stepsOf(history.present)];
  const began = past.at(-1);
  if (together && began && isSame(present, began)) {
    // Back where it began: there is nothing to undo.
    return { past: past.slice(0, -1), present: began, future: [], last: null };
  }
  return { past, present, future: [], last: { control, at: action.at } };
}

/** Whether two parts of a recipe say the same, in whatever order they were written. */
export function isSame(one: object | null, other: object | null): boolean {
  return hashKey([one]) === hashKey([other]);
}

function step(history: History, from: "past" | "future", to: "past" | "future"): History {
  const next = history[from].at(-1);
  if (next === undefined) return history;
  return {
    ...history,
    [from]: history[from].slice(0, -1),
    [to]: [...history[to], ...stepsOf(history.present)],
    present: next,
    last: null,
  };
}

function stepsOf(present: Draft | null): readonly Draft[] {
  return present === null ? [] : [present];
}

function controlOf(edit: Edit): string {
  if (edit.type === "set") return [edit.feature, ...Object.keys(edit.change)].join(".");
  if (edit.type === "turn") return Object.keys(edit.change).join(".");
  return JSON.stringify(edit);
}

function edited(draft: Draft | null, edit: Edit): Draft | null {
  if (edit.type === "load") return edit.draft;
  if (edit.type === "open") {
    const { seed, name, demo } = edit;
    return { ...DEFAULTS, seed, name, demo };
  }
  if (draft === null) return null;
  switch (edit.type) {
    case "set":
      return withSetting(draft, edit.feature, ticked(draft.settings[edit.feature], edit.change));
    case "reset":
      return withSetting(draft, edit.feature, {});
    case "turn":
      return { ...draft, ...edit.change };
    case "loosen":
      return edit.changes.reduce(changed, draft);
  }
}

/** A variable that was unticked is used again as soon as it gets an aim or a weight. */
function ticked(before: Setting | undefined, change: Setting): Setting {
  const aimed = change.target !== undefined || (change.weight ?? "off") !== "off";
  const unticked = before?.selected === false && aimed && !("selected" in change);
  return { ...before, ...change, ...(unticked && { selected: undefined }) };
}

function withSetting(draft: Draft, feature: FeatureName, setting: Setting): Draft {
  const known = Object.entries(setting).filter(([, value]) => value !== undefined);
  const { [feature]: _, ...others } = draft.settings;
  if (known.length === 0) return { ...draft, settings: others };
  return { ...draft, settings: { ...others, [feature]: Object.fromEntries(known) } };
}

/** Set one field of the recipe, as the server named it. */
function changed(draft: Draft, { field, value }: Change): Draft {
  const [part, name, limit] = field.split(".");
  if (part === "features" && isFeatureName(name) && LIMITS.some((known) => known === limit)) {
    const setting = { ...draft.settings[name], [limit as string]: value ?? undefined };
    return withSetting(draft, name, setting);
  }
  if (field === "strictness" && typeof value === "number") return { ...draft, strictness: value };
  if (part === "variety" && LOOSENED.some((known) => known === name)) {
    return { ...draft, variety: { ...draft.variety, [name as string]: value } };
  }
  if (part === "filters" && name !== undefined && name in NO_FILTERS) {
    return { ...draft, filters: { ...draft.filters, [name]: value } };
  }
  throw new Error(`the recipe on this page has no ${field}`);
}

/** The recipe as the server takes it. */
export function recipeOf(draft: Draft): Recipe {
  return {
    ...draft.others,
    seed: draft.seed,
    features: draft.settings as Features,
    size: draft.size,
    contrast: draft.contrast,
    strictness: draft.strictness,
    filters: draft.filters,
    variety: draft.variety,
    facet: draft.facet,
  };
}
