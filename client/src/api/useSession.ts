import { useQuery } from "@tanstack/react-query";
import { asProblem, SESSION_KEY } from "./client";
import type { Session } from "./session";
import { currentSession } from "./session";

/** Who asks; undefined until that is known, and while the server does not say. */
export function useSession(): Session | undefined {
  const session = useQuery({
    queryKey: SESSION_KEY,
    queryFn: currentSession,
    staleTime: Infinity,
  });
  asProblem(session.error);
  return session.data;
}

/** Whether a login lasts and covers what is needed to save playlists. */
export function maySave({ kind, scopes }: Session): boolean {
  return kind === "spotify" && scopes.includes("playlist-modify-private");
}

/** Whether a login lasts and covers the liked songs, and those played last and most. */
export function mayKnow({ kind, scopes }: Session): boolean {
  return kind === "spotify" && scopes.includes("user-library-read");
}
