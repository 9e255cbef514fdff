import { client } from "@/api/client";
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

/** An order of its own for these songs, with a link to the recipe they came from. */
export async function orderOf(
  wish: Wish,
  trackIds: readonly string[],
  draft: Draft,
): Promise<OrderToSave> {
  const description = plain(wish.description);
  const room = TEXT_MOST - description.length - location.origin.length - 1;
  // The description of a playlist that is added to stays what it is.
  const link = wish.mode === "append" ? null : (await linkOf(draft, room)).path;
  return {
    key: keyOf(),
    name: plain(wish.name),
    description,
    link,
    track_ids: [...trackIds],
    public: wish.public,
    mode: wish.mode,
    playlist_id: wish.mode === "create" ? null : wish.playlist,
  };
}

/** Carry an order out, or what is left of it. */
export async function save(order: OrderToSave): Promise<SavedPlaylist> {
  keepOrder(order);
  const { data } = await client.POST("/api/playlists", { body: order });
  keepOrder(null);
  return data as SavedPlaylist;
}

/** One line without what no playlist's name may hold. */
export function plain(text: string): string {
  return text.replaceAll(/[\p{C}\p{Z}]+/gu, " ").trim();
}

function keyOf(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(KEY_BYTES));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
