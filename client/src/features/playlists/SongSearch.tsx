import { keepPreviousData } from "@tanstack/react-query";
import { useState } from "react";
import { api, asProblem } from "@/api/client";
import { SEARCH_CHARACTERS } from "@/api/limits";
import { useDebounced } from "@/lib/useDebounced";
import { countOf } from "@/lib/values";
import { Trouble } from "@/ui/Trouble";
import type { Chosen } from "./basket";
import { chosenOf } from "./basket";

const SHORTEST = 2;
const SHOWN = 8;

interface Props {
  chosen: readonly Chosen[];
  onAdd: (song: Chosen) => void;
}

/** Songs of the catalog by words of title and artists, each with a button that adds it. */
export function SongSearch({ chosen, onAdd }: Props) {
  const [text, setText] = useState("");
  const words = useDebounced(text.trim(), 250);
  const asked = words.length >= SHORTEST;
  const found = api.useQuery(
    "get",
    "/api/tracks",
    { params: { query: { q: words, limit: SHOWN } } },
    { enabled: asked, placeholderData: keepPreviousData },
  );
  const problem = asProblem(found.error);
  const songs = asked ? (found.data?.items ?? []) : [];
  return (
    <div>
      <label htmlFor="song-search" className="font-medium">
        Find songs
      </label>
      <input
        id="song-search"
        type="search"
        data-writing
        autoComplete="off"
        placeholder="Title or artist"
        maxLength={SEARCH_CHARACTERS}
        value={text}
        onChange={(event) => setText(event.target.value)}
        className="mt-1 h-11 w-full rounded-lg border border-control bg-surface px-3 text-base placeholder:text-muted"
      />
      <p role="status" className={songs.length > 0 ? "sr-only" : "mt-1 text-xs text-muted"}>
        {asked && found.data && !found.isFetching
          ? songs.length === 0
            ? "No song of the catalog has these words. Try fewer, or only the artist."
            : found.data.more
              ? `More songs found than the first ${songs.length}, which are shown`
              : `${countOf(songs.length, "song")} found`
          : ""}
      </p>
      {text.length >= SEARCH_CHARACTERS && (
        <p role="status" className="mt-1 text-xs text-muted">
          A search takes at most {countOf(SEARCH_CHARACTERS, "character")}.
        </p>
      )}
      {problem && asked && <Trouble problem={problem} onRetry={() => void found.refetch()} />}
      <ul>
        {songs.map((song) => {
          const has = chosen.some((each) => each.id === song.id);
          const offer = has ? "Added" : song.in_snapshot ? "Add" : "No features";
          return (
            <li
              key={song.id}
              className="flex min-h-14 items-center gap-2 border-b border-line last:border-0"
            >
              <Names name={song.name} artists={chosenOf(song).artists} />
              <button
                type="button"
                aria-label={`${offer} ${song.name}`}
                className="min-h-11 shrink-0 px-3 font-medium text-accent aria-disabled:text-muted"
                aria-disabled={has || !song.in_snapshot}
                title={song.in_snapshot ? undefined : "Its features are not known"}
                onClick={has || !song.in_snapshot ? undefined : () => onAdd(chosenOf(song))}
              >
                {offer}
              </button>
            </li>
          );
        })}
      </ul>
    </div>
  );
}

function Names({ name, artists }: { name: string; artists: string }) {
  return (
    <div className="min-w-0 grow">
      <p className="truncate">
        <bdi>{name}</bdi>
      </p>
      <p className="truncate text-xs text-muted">
        <bdi>{artists}</bdi>
      </p>
    </div>
  );
}
