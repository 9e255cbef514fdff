import { FEATURE_NAMES, KNOBS } from "@/api/limits";
import type { Filters, Recipe, Seed, Variety } from "@/api/types";
import type { Draft, Others, Setting } from "./recipe";
import { DEFAULTS, NO_FILTERS, PLAIN, WEIGHTS } from "./recipe";

const MOST_FACETS = 5;

const KEY = "spotai.recipe.1";
const ORDERS: readonly NonNullable<Recipe["order"]>[] = ["smooth", "rising", "falling", "wave"];

/** Keep the recipe over a reload of this tab. It holds no secret; a full or closed store is no fault. */
export function keep(draft: Draft | null): void {
  try {
    if (draft === null) sessionStorage.removeItem(KEY);
    else sessionStorage.setItem(KEY, JSON.stringify(draft));
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
  }
}

/** The recipe this tab kept, or null when there is none that can be read. */
export function kept(): Draft | null {
  try {
    return draftOf(JSON.parse(sessionStorage.getItem(KEY) ?? "null"));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof DOMException) return null;
    throw error;
  }
}

/** A recipe needs its seed; whatever else is no value it can have is the default. */
export function draftOf(found: unknown): Draft | null {
  const { seed, name, demo, settings, filters, variety, others, facet, ...knobs } = fieldsOf(found);
  const start = seedOf(seed);
  if (start === null || typeof name !== "string") return null;
  return {
    seed: start,
    name,
    demo: demo === true,
    settings: settingsOf(settings),
    size: Number.isInteger(knobs.size) ? knobOf("size", knobs.size) : DEFAULTS.size,
    contrast: knobOf("contrast", knobs.contrast),
    strictness: knobOf("strictness", knobs.strictness),
    filters: filtersOf(filters),
    variety: varietyOf(variety),
    others: othersOf(others),
    facet:
      Number.isInteger(facet) && isNumber(facet) && facet >= 1 && facet <= MOST_FACETS
        ? facet
        : null,
  };
}

/** A recipe of the server's as this page edits it; null for one that starts from nothing. */
export function draftOfRecipe(recipe: Recipe, name: string, demo: boolean): Draft | null {
  return draftOf({ ...recipe, settings: recipe.features, others: recipe, name, demo });
}

function fieldsOf(found: unknown): Partial<Record<string, unknown>> {
  return typeof found === "object" && found !== null ? { ...found } : {};
}

function seedOf(found: unknown): Seed | null {
  const { playlist_id, track_ids } = fieldsOf(found);
  if (typeof playlist_id === "string") return { playlist_id };
  return isListOf(track_ids, isString) ? { track_ids } : null;
}

function knobOf(knob: keyof typeof KNOBS, value: unknown): number {
  const { minimum, maximum } = KNOBS[knob];
  return isNumber(value) && value >= minimum && value <= maximum ? value : DEFAULTS[knob];
}

function settingsOf(found: unknown): Draft["settings"] {
  const settings = fieldsOf(found);
  const known = FEATURE_NAMES.map((name) => [name, settingOf(settings[name])] as const);
  return Object.fromEntries(known.filter(([, setting]) => Object.keys(setting).length > 0));
}

function settingOf(found: unknown): Setting {
  const { selected, target, weight, min, max, only } = fieldsOf(found);
  const step = WEIGHTS.find((each) => each === weight);
  return {
    ...(typeof selected === "boolean" && { selected }),
    ...(isNumber(target) && { target }),
    ...(step && step !== "normal" && { weight: step }),
    ...(isNumber(min) && { min }),
    ...(isNumber(max) && { max }),
    ...(isListOf(only, isNumber) && only.length > 0 && { only }),
  };
}

function filtersOf(found: unknown): Required<Filters> {
  const { explicit, genres, min_playlist_followers: followers } = fieldsOf(found);
  return {
    explicit: typeof explicit === "boolean" ? explicit : NO_FILTERS.explicit,
    genres: isListOf(genres, isString) ? genres : NO_FILTERS.genres,
    min_playlist_followers:
      isNumber(followers) && followers >= 0 ? followers : NO_FILTERS.min_playlist_followers,
  };
}

function varietyOf(found: unknown): Required<Variety> {
  const { artist_cap, one_version_per_song, spread, familiar, random_seed } = fieldsOf(found);
  return {
    artist_cap: isNumber(artist_cap) ? artist_cap : PLAIN.artist_cap,
    one_version_per_song: one_version_per_song !== false,
    spread: isNumber(spread) ? spread : PLAIN.spread,
    familiar: familiar === "exclude" ? familiar : PLAIN.familiar,
    random_seed: isNumber(random_seed) ? random_seed : PLAIN.random_seed,
  };
}

function othersOf(found: unknown): Others {
  const { tempo_octaves, order, pins, bans } = fieldsOf(found);
  const known = ORDERS.find((each) => each === order);
  return {
    ...(tempo_octaves === true && { tempo_octaves }),
    ...(known && { order: known }),
    ...(isListOf(pins, isString) && pins.length > 0 && { pins }),
    ...(isListOf(bans, isString) && bans.length > 0 && { bans }),
  };
}

function isListOf<Each>(value: unknown, isEach: (each: unknown) => each is Each): value is Each[] {
  return Array.isArray(value) && value.every(isEach);
}

function isNumber(value: unknown): value is number {
  return Number.isFinite(value);
}

function isString(value: unknown): value is string {
  return typeof value === "string";
}
