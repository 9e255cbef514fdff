import type { Draft } from "./recipe";
import { DEFAULTS, NO_FILTERS } from "./recipe";

const KEY = "spotai.recipe.1";

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
    const found: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? "null");
    if (!isDraft(found)) return null;
    return { ...DEFAULTS, ...found, filters: { ...NO_FILTERS, ...found.filters } };
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof DOMException) return null;
    throw error;
  }
}

function isDraft(value: unknown): value is Draft {
  return (
    typeof value === "object" &&
    value !== null &&
    "seed" in value &&
    typeof value.seed === "object" &&
    value.seed !== null &&
    "name" in value &&
    typeof value.name === "string" &&
    "settings" in value &&
    typeof value.settings === "object" &&
    value.settings !== null
  );
}
