import { keepPreviousData } from "@tanstack/react-query";
import { useState } from "react";
import { api, asProblem } from "@/api/client";
import type { PlaylistPage, PlaylistSummary } from "@/api/types";
import { countOf } from "@/lib/values";
import { Button } from "@/ui/Button";
import { MadeUp } from "@/ui/MadeUp";
import { Skeleton } from "@/ui/Skeleton";
import { Trouble } from "@/ui/Trouble";

const PAGE = 8;

interface Props {
  onOpen: (playlist: PlaylistSummary, demo: boolean) => void;
}

/** The playlists of the catalog, to start from one, under a heading if there are any. */
export function PlaylistList({ onOpen }: Props) {
  const [offset, setOffset] = useState(0);
  const page = api.useQuery(
    "get",
    "/api/playlists",
    { params: { query: { limit: PAGE, offset } } },
    { placeholderData: keepPreviousData },
  );
  if (page.data?.total === 0 && !page.error) {
    return (
      <p className="text-muted">The catalog has no playlists. Search for songs or drop a file.</p>
    );
  }
  const problem = asProblem(page.error);
  return (
    <section aria-labelledby="playlists" className="min-w-0">
      <h2 id="playlists" className="mb-3 text-xl font-semibold">
        Or start from a ready playlist
      </h2>
      {problem ? (
        <Trouble problem={problem} onRetry={() => void page.refetch()} />
      ) : page.data ? (
        <Playlists page={page.data} offset={offset} onTurn={setOffset} onOpen={onOpen} />
      ) : (
        <Skeleton lines={PAGE} label="Loading playlists" />
      )}
    </section>
  );
}

interface PlaylistsProps extends Props {
  page: PlaylistPage;
  offset: number;
  onTurn: (offset: number) => void;
}

function Playlists({ page, offset, onTurn, onOpen }: PlaylistsProps) {
  const { items, total, source } = page;
  const demo = source === "demo";
  return (
    <div className="grid gap-3">
      {demo && <MadeUp />}
      <ul className="overflow-hidden rounded-lg border border-line bg-surface">
        {items.map((playlist) => (
          <li
            key={playlist.id}
            className="flex min-h-14 items-center gap-3 border-b border-line px-4 py-1 last:border-0"
          >
            <div className="min-w-0 grow">
              <p className="truncate font-medium">
                <bdi>{playlist.name}</bdi>
              </p>
              <p className="truncate text-xs text-muted">
                {countOf(playlist.tracks, "song")}
                {playlist.followers > 0 && `, ${countOf(playlist.followers, "follower")}`}
              </p>
            </div>
            <Button aria-label={`Open ${playlist.name}`} onClick={() => onOpen(playlist, demo)}>
              Open
            </Button>
          </li>
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
