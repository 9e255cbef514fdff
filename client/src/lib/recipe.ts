import type { Filters, Recipe, Seed } from "@/api/types";

export type Weight = "off" | "low" | "normal" | "high";

export const WEIGHTS: readonly Weight[] = ["off", "low", "normal", "high"];

/** One model variable as far as the listener changed it; what is not there is the default. */
export interface Setting {
  selected?: boolean | undefined;
  target?: number | undefined;
  weight?: Weight | undefined;
  min?: number | undefined;
  max?: number | undefined;
  only?: readonly number[] | undefined;
}

/** Everything the listener decides. `name` says to people what the seed is. */
export interface Draft {
  seed: Seed;
  name: string;
  demo: boolean;
  settings: Readonly<Record<string, Setting>>;
  size: number;
  contrast: number;
  strictness: number;
  filters: Required<Filters>;
}

export const NO_FILTERS: Required<Filters> = {
  explicit: null,
  genres: [],
  min_playlist_followers: 0,
};

export const DEFAULTS = {
  settings: {},
  size: 30,
  contrast: 1,
  strictness: 0,
  filters: NO_FILTERS,
};

export type Knob = "size" | "contrast" | "strictness" | "filters";

export type Edit =
  | { type: "open"; seed: Seed; name: string; demo: boolean }
  | { type: "set"; feature: string; change: Setting }
  | { type: "reset"; feature: string }
  | { type: "turn"; change: Partial<Pick<Draft, Knob>> }
  | { type: "loosen"; field: string };

/** Edits of one control less than a second apart, like those of one drag, are undone together. */
export type Action = (Edit & { at: number }) | { type: "undo" } | { type: "redo" };

export interface History {
  past: readonly (Draft | null)[];
  present: Draft | null;
  future: readonly (Draft | null)[];
  last: { control: string; at: number } | null;
}

export const EMPTY: History = { past: [], present: null, future: [], last: null };

const TOGETHER_MS = 1000;

export function reduce(history: History, action: Action): History {
  if (action.type === "undo") return step(history, "past", "future");
  if (action.type === "redo") return step(history, "future", "past");
  const present = edited(history.present, action);
  if (JSON.stringify(present) === JSON.stringify(history.present)) return history;
  const control = controlOf(action);
  const together = history.last?.control === control && action.at - history.last.at < TOGETHER_MS;
  return {
    past: together ? history.past : [...history.past, history.present],
    present,
    future: [],
    last: { control, at: action.at },
  };
}

function step(history: History, from: "past" | "future", to: "past" | "future"): History {
  const next = history[from].at(-1);
  if (next === undefined) return history;
  return {
    ...history,
    [from]: history[from].slice(0, -1),
    [to]: [...history[to], history.present],
    present: next,
    last: null,
  };
}

function controlOf(edit: Edit): string {
  if (edit.type === "set") return [edit.feature, ...Object.keys(edit.change)].join(".");
  if (edit.type === "turn") return Object.keys(edit.change).join(".");
  return JSON.stringify(edit);
}

function edited(draft: Draft | null, edit: Edit): Draft | null {
  if (edit.type === "open") {
    const { seed, name, demo } = edit;
    return { ...(draft ?? DEFAULTS), seed, name, demo };
  }
  if (draft === null) return null;
  switch (edit.type) {
    case "set":
      return withSetting(draft, edit.feature, { ...draft.settings[edit.feature], ...edit.change });
    case "reset":
      return withSetting(draft, edit.feature, {});
    case "turn":
      return { ...draft, ...edit.change };
    case "loosen":
      return loosened(draft, edit.field);
  }
}

function withSetting(draft: Draft, feature: string, setting: Setting): Draft {
  const known = Object.entries(setting).filter(([, value]) => value !== undefined);
  const { [feature]: _, ...others } = draft.settings;
  if (known.length === 0) return { ...draft, settings: others };
  return { ...draft, settings: { ...others, [feature]: Object.fromEntries(known) } };
}

/** Give up the condition at a field of the recipe, as the server named it. */
function loosened(draft: Draft, field: string): Draft {
  const [part, name] = field.split(".");
  if (part === "features" && name !== undefined) {
    const limits = { min: undefined, max: undefined, only: undefined };
    return withSetting(draft, name, { ...draft.settings[name], ...limits });
  }
  if (field === "strictness") return { ...draft, strictness: DEFAULTS.strictness };
  if (part === "filters" && name !== undefined && name in NO_FILTERS) {
    const filter = name as keyof Filters;
    return { ...draft, filters: { ...draft.filters, [filter]: NO_FILTERS[filter] } };
  }
  throw new Error(`the recipe on this page has no ${field}`);
}

/** The recipe as the server takes it. */
export function recipeOf(draft: Draft): Recipe {
  const recipe = {
    seed: draft.seed,
    features: draft.settings,
    size: draft.size,
    contrast: draft.contrast,
    strictness: draft.strictness,
    filters: draft.filters,
  };
  // The generated type names the fifteen features one by one; the page takes them from the server.
  return recipe as unknown as Recipe;
}
