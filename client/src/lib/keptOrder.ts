import type { OrderToSave } from "@/api/types";
import { isSame } from "./recipe";

const KEY = "spotai.order.1";

/**
 * Keep what is being saved on Spotify until that is done, also over a login: asked for again under
 * its key, it goes on where it stopped, and nothing is made twice.
 */
export function keepOrder(order: OrderToSave | null): void {
  try {
    if (order === null) sessionStorage.removeItem(KEY);
    else sessionStorage.setItem(KEY, JSON.stringify(order));
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
  }
}

/** What this tab was saving of these songs, or null when it was nothing that can be read. */
export function keptOrder(trackIds: readonly string[]): OrderToSave | null {
  try {
    const found: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? "null");
    if (typeof found !== "object" || found === null) return null;
    const { key, name, track_ids } = found as Partial<Record<string, unknown>>;
    const readable = typeof key === "string" && typeof name === "string";
    const same = Array.isArray(track_ids) && isSame(track_ids, trackIds);
    return readable && same ? (found as OrderToSave) : null;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof DOMException) return null;
    throw error;
  }
}
