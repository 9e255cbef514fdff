import { client } from "@/api/client";
import { Problem } from "@/api/problem";
import type { OrderToSave, SavedPlaylist } from "@/api/types";
import { keepOrder } from "@/lib/keptOrder";
import { linkOf } from "@/lib/links";
import type { Draft } from "@/lib/recipe";

export type Mode = NonNullable<OrderToSave["mode"]>;

export const NAME_MOST = 100;
export const DESCRIPTION_MOST = 160;
/** What the server leaves for description, a blank, its own address and the link. */
const TEXT_MOST = 280;
const KEY_BYTES = 16;

/** What a person decides of a save. */
export interface Wish {
  mode: Mode;
  /** Of the playlist to add to or to replace; empty for a new one. */
  playlist: string;
  name: string;
  description: string;
  public: boolean;
}

/** An order of its own for these songs; without a link while none was asked for. */
export function orderOf(wish: Wish, trackIds: readonly string[]): OrderToSave {
  return {
    key: keyOf(),
    name: plain(wish.name),
    description: plain(wish.description),
    // The description of a playlist that is added to stays what it is.
    ...(wish.mode === "append" && { link: null }),
    track_ids: [...trackIds],
    public: wish.public,
    mode: wish.mode,
    playlist_id: wish.mode === "create" ? null : wish.playlist,
  };
}

/** An order with the link to the recipe that the songs came from; kept, so that it stays the same. */
export async function linked(order: OrderToSave, draft: Draft): Promise<OrderToSave> {
  keepOrder(order);
  if (order.link !== undefined) return order;
  const room = TEXT_MOST - (order.description?.length ?? 0) - location.origin.length - 1;
  const whole = { ...order, link: await linkIn(room, draft) };
  keepOrder(whole);
  return whole;
}

/** Carry an order out, or what is left of it. */
export async function save(order: OrderToSave): Promise<SavedPlaylist> {
  const { data } = await client.POST("/api/playlists", { body: order });
  keepOrder(null);
  return data as SavedPlaylist;
}

/** A recipe that has no link, and no room to be saved, keeps no list from being saved. */
async function linkIn(room: number, draft: Draft): Promise<string | null> {
  try {
    return (await linkOf(draft, room)).path;
  } catch (error) {
    if (error instanceof Problem && !error.passing && error.status !== 401) return null;
    throw error;
  }
}

/** One line without what no playlist's name may hold. */
export function plain(text: string): string {
  return text.replaceAll(/[\p{C}\p{Z}]+/gu, " ").trim();
}

function keyOf(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(KEY_BYTES));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
