import { useId, useState } from "react";
import type { Feature, Recommended } from "@/api/types";
import { showNumber } from "@/lib/values";
import { matchWords, Why } from "./Why";

/** Spotify's covers; the page's policy shows pictures from nowhere else. */
const COVERS = "https://i.scdn.co/";

interface Props {
  place: number;
  song: Recommended;
  columns: readonly Feature[];
  features: readonly Feature[];
  stale: boolean;
  onPlay: () => void;
}

/** One song of the list; Why opens what counted. */
export function SongRow({ place, song, columns, features, stale, onPlay }: Props) {
  const [open, setOpen] = useState(false);
  const why = useId();
  const artists = song.artists.map((artist) => artist.name).join(", ");
  return (
    <li className="border-b border-line last:border-0">
      <div className="flex min-h-14 items-center gap-1 py-1 pr-1 pl-2 sm:gap-3 sm:px-4">
        <span className="w-6 shrink-0 text-right text-muted">{place}</span>
        <Cover song={song} />
        <div className="min-w-0 grow pl-1 sm:pl-0">
          <p className="line-clamp-2 font-medium break-words sm:line-clamp-1">
            <bdi>{song.name}</bdi>
          </p>
          <p className="truncate text-xs text-muted">
            <bdi>{artists}</bdi>
          </p>
        </div>
        <Values {...{ song, columns }} />
        <span
          className={`w-10 shrink-0 text-right font-semibold ${stale ? "text-muted" : "text-accent"}`}
          title={matchWords(song.match)}
        >
          <span className="sr-only">match </span>
          {Math.round(song.match * 100)}%
        </span>
        <Play {...{ song, onPlay }} />
        <button
          type="button"
          className="min-h-11 w-11 shrink-0 rounded-lg sm:w-12 hover:bg-surface-2 lg:min-h-9"
          aria-label={`Why ${song.name}`}
          aria-expanded={open}
          aria-controls={why}
          onClick={() => setOpen(!open)}
        >
          Why
        </button>
      </div>
      <div id={why} hidden={!open} className="px-3 pb-3 sm:pl-14 sm:pr-4">
        {open && <Why song={song} features={features} />}
      </div>
    </li>
  );
}

function Values({ song, columns }: Pick<Props, "song" | "columns">) {
  return columns.map((feature) => {
    const value = song.features[feature.name];
    return (
      <span key={feature.name} className="hidden w-24 shrink-0 text-right text-muted xl:block">
        {typeof value === "number" ? showNumber(feature, value) : "?"}
      </span>
    );
  });
}

function Play({ song, onPlay }: Pick<Props, "song" | "onPlay">) {
  return (
    <button
      id={`play-${song.id}`}
      type="button"
      className="size-11 shrink-0 rounded-lg hover:bg-surface-2 lg:size-9"
      onClick={onPlay}
    >
      <svg
        viewBox="0 0 12 12"
        width="12"
        height="12"
        className="m-auto fill-text"
        aria-hidden="true"
      >
        <path d="M2 1v10l9-5z" />
      </svg>
      <span className="sr-only">Play {song.name}</span>
    </button>
  );
}

function Cover({ song }: { song: Recommended }) {
  if (!song.artwork?.startsWith(COVERS)) return null;
  return (
    <img
      src={song.artwork}
      alt=""
      width="40"
      height="40"
      loading="lazy"
      className="size-10 shrink-0 rounded"
    />
  );
}
