import { keepPreviousData } from "@tanstack/react-query";
import { useState } from "react";
import { api, asProblem } from "@/api/client";
import { useSession } from "@/api/useSession";
import type { PlaylistPage, PlaylistSummary } from "@/api/types";
import { Button } from "@/ui/Button";
import { MadeUp } from "@/ui/MadeUp";
import { Skeleton } from "@/ui/Skeleton";
import { Trouble } from "@/ui/Trouble";
import { PlaylistRow } from "./PlaylistRow";

const PAGE = 8;

interface Props {
  onOpen: (playlist: PlaylistSummary, demo: boolean) => void;
}

/** The listener's playlists on Spotify, or those of the catalog, under a heading if there are any. */
export function PlaylistList({ onOpen }: Props) {
  const session = useSession();
  const [ready, setReady] = useState(false);
  const [offset, setOffset] = useState(0);
  const page = api.useQuery(
    "get",
    "/api/playlists",
    // Without a source these are the listener's own, of who is logged in.
    { params: { query: { limit: PAGE, offset, ...(ready && { source: "catalog" as const }) } } },
    { placeholderData: keepPreviousData },
  );
  const problem = asProblem(page.error);
  const loggedIn = session?.kind === "spotify";
  if (page.data?.total === 0 && !problem && !loggedIn) {
    return (
      <p className="text-muted">The catalog has no playlists. Search for songs or drop a file.</p>
    );
  }
  const show = (catalog: boolean) => {
    setReady(catalog);
    setOffset(0);
  };
  const own = page.data?.source === "spotify";
  return (
    <section aria-labelledby="playlists" className="min-w-0">
      <div className="mb-3 flex flex-wrap items-center justify-between gap-x-3 gap-y-2">
        <h2 id="playlists" className="text-xl font-semibold">
          {loggedIn && !ready ? "Your playlists" : "Or start from a ready playlist"}
        </h2>
        {(loggedIn || ready || problem) && (
          <Button look="bare" className="-mx-4" onClick={() => show(!ready)}>
            {ready ? (loggedIn ? "Your playlists" : "Back") : "Ready playlists"}
          </Button>
        )}
      </div>
      {problem ? (
        <Trouble problem={problem} onRetry={() => void page.refetch()} />
      ) : page.data ? (
        <Playlists
          page={page.data}
          // At Spotify's stand-in the songs are those of the catalog.
          demo={page.data.source === "demo" || (own && session?.login === "demo")}
          asking={page.isFetching}
          offset={offset}
          onTurn={setOffset}
          onOpen={onOpen}
        />
      ) : (
        <Skeleton lines={PAGE} label="Loading playlists" />
      )}
    </section>
  );
}

interface PlaylistsProps extends Props {
  page: PlaylistPage;
  demo: boolean;
  /** What is shown may be of before. */
  asking: boolean;
  offset: number;
  onTurn: (offset: number) => void;
}

function Playlists({ page, demo, asking, offset, onTurn, onOpen }: PlaylistsProps) {
  const { items, total } = page;
  return (
    <div className="grid gap-3">
      {demo && <MadeUp />}
      {total === 0 && <p className="text-muted">There are no playlists in your account yet.</p>}
      <ul
        aria-busy={asking}
        className="overflow-hidden rounded-lg border border-line bg-surface empty:hidden"
      >
        {items.map((playlist) => (
          <PlaylistRow
            key={playlist.id}
            playlist={playlist}
            onOpen={() => onOpen(playlist, demo)}
          />
        ))}
      </ul>
      {total > PAGE && (
        <nav aria-label="Pages of playlists" className="flex items-center justify-between">
          <Button disabled={offset === 0} onClick={() => onTurn(offset - PAGE)}>
            Previous
          </Button>
          <span className="text-muted" role="status">
            {offset + 1} to {Math.min(offset + PAGE, total)} of {total.toLocaleString("en")}
          </span>
          <Button disabled={offset + PAGE >= total} onClick={() => onTurn(offset + PAGE)}>
            Next
          </Button>
        </nav>
      )}
    </div>
  );
}
