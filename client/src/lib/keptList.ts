import { REQUIRED } from "@/api/answers";
import type { Recommendation } from "@/api/types";
import { draftOf } from "./kept";
import type { Draft } from "./recipe";

const KEY = "spotai.list.3";

/** A list, and the recipe it came from. */
export interface Made {
  answer: Recommendation;
  draft: Draft;
}

/** Keep the list over a reload of this tab, if it has room: a list can be made anew. */
export function keepList(made: Made | null): void {
  try {
    sessionStorage.removeItem(KEY);
    if (made !== null) sessionStorage.setItem(KEY, JSON.stringify(made));
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
  }
}

/** The list this tab kept, or null when there is none that can be read. */
export function keptList(): Made | null {
  try {
    const found: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? "null");
    if (typeof found !== "object" || found === null) return null;
    const { draft, answer } = found as Partial<Record<string, unknown>>;
    const from = draftOf(draft);
    return from !== null && isList(answer) ? { answer, draft: from } : null;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof DOMException) return null;
    throw error;
  }
}

function isList(answer: unknown): answer is Recommendation {
  const fields = REQUIRED["POST /api/recommendations"] ?? [];
  if (typeof answer !== "object" || answer === null) return false;
  return fields.every((name) => name in answer);
}
