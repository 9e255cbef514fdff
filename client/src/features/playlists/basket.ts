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

export function added(basket: readonly Chosen[], more: readonly Chosen[]): readonly Chosen[] {
  const ids = new Set(basket.map((song) => song.id));
  return [...basket, ...more.filter((song) => !ids.has(song.id))];
}
