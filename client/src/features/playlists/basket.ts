import { SEED_SONGS } from "@/api/limits";
import type { FoundTrack, Track } from "@/api/types";

/** A song chosen to start from. */
export interface Chosen {
  id: string;
  name: string;
  artists: string;
  demo: boolean;
}

export function chosenOf(track: FoundTrack | Track): Chosen {
  return {
    id: track.id,
    name: track.name,
    artists: track.artists.map((artist) => artist.name).join(", "),
    demo: track.demo,
  };
}

/** The songs to start from. A recipe takes so many: `leftOut` came when there was no more room. */
export interface Basket {
  songs: readonly Chosen[];
  leftOut: number;
}

export const NO_SONGS: Basket = { songs: [], leftOut: 0 };

/** More songs in a basket, each of them once. */
export function added({ songs }: Basket, more: readonly Chosen[]): Basket {
  const ids = new Set(songs.map((song) => song.id));
  const all = [...songs, ...more.filter((song) => !ids.has(song.id))];
  return { songs: all.slice(0, SEED_SONGS), leftOut: Math.max(0, all.length - SEED_SONGS) };
}
