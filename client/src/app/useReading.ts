import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useEffectEvent } from "react";
import { api } from "@/api/client";
import type { OpenedPlaylist, Seed } from "@/api/types";
import { useSession } from "@/api/useSession";

const LOOK_AGAIN_MS = 1000;

/**
 * The listener's own playlist that a recipe starts from, and how far it is read from Spotify; null
 * for what is none. What had to wait for its end is asked once more then.
 */
export function useReading({ playlist_id }: Seed): OpenedPlaylist | null {
  const session = useSession();
  const queries = useQueryClient();
  const opened = api.useQuery(
    "get",
    "/api/playlists/{playlist_id}",
    { params: { path: { playlist_id: playlist_id ?? "" }, query: { limit: 1 } } },
    {
      enabled: session?.kind === "spotify" && typeof playlist_id === "string",
      refetchInterval: ({ state }) => (state.data?.reading ? LOOK_AGAIN_MS : false),
    },
  );
  // What is in the way is said by the profile, which needs the same.
  const playlist = opened.data?.source === "spotify" ? (opened.data as OpenedPlaylist) : null;
  const reading = playlist !== null && playlist.reading !== null;
  const askAgain = useEffectEvent(() => {
    for (const call of ["/api/profiles", "/api/matches"]) {
      void queries.invalidateQueries({ queryKey: ["post", call] });
    }
  });
  useEffect(() => {
    if (!reading) return undefined;
    return () => askAgain();
  }, [reading]);
  return playlist;
}
