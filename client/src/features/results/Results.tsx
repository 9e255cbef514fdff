import type { ReactNode } from "react";
import type { Feature, Recommendation, Recommended } from "@/api/types";
import { countOf } from "@/lib/values";
import { ExportBox } from "@/ui/ExportBox";
import { MadeUp } from "@/ui/MadeUp";
import { SongRow } from "./SongRow";

interface Props {
  name: string;
  answer: Recommendation;
  features: readonly Feature[];
  /** The features of the columns on wide screens. */
  columns: readonly Feature[];
  /** The recipe was changed since. */
  stale: boolean;
  onPlay: (song: Recommended) => void;
  /** What else can be done with the list. */
  children?: ReactNode;
}

/** The list, with what can be done with it. */
export function Results({ name, answer, features, columns, stale, onPlay, children }: Props) {
  const songs = answer.tracks;
  const demo = songs.some((song) => song.demo);
  return (
    <div className="grid gap-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <p role="status">
          <strong className="font-semibold">{countOf(songs.length, "song")}</strong>
          <span className="text-muted">
            {" "}
            of {countOf(answer.total_matches, "match", "matches")}
            {stale && ", made before your last changes"}
          </span>
        </p>
        <ExportBox name={name} songs={songs} features={features}>
          {children}
        </ExportBox>
      </div>
      {answer.notes.length > 0 && (
        <ul aria-label="What changed nothing" className="grid gap-1 text-xs text-muted">
          {answer.notes.map((note) => (
            <li key={note} className="wrap-anywhere">
              {note}
            </li>
          ))}
        </ul>
      )}
      {demo && <MadeUp />}
      <div className="overflow-hidden rounded-lg border border-line bg-surface">
        <Head columns={columns} />
        <ol id="songs" tabIndex={-1} aria-label="Recommended songs">
          {songs.length === 0 && (
            <li className="p-4 text-muted">No song passes what is asked for.</li>
          )}
          {songs.map((song, index) => (
            <SongRow
              key={song.id}
              place={index + 1}
              onPlay={() => onPlay(song)}
              {...{ song, columns, features, stale }}
            />
          ))}
        </ol>
      </div>
    </div>
  );
}

/** The names of the columns; each row says its values itself. */
function Head({ columns }: Pick<Props, "columns">) {
  return (
    <div
      aria-hidden="true"
      className="hidden gap-3 border-b border-line px-4 py-2 text-xs text-muted xl:flex"
    >
      <span className="w-6 shrink-0 text-right">#</span>
      <span className="grow">Song</span>
      {columns.map((feature) => (
        <span
          key={feature.name}
          className="w-24 shrink-0 truncate text-right"
          title={feature.label}
        >
          {feature.label}
        </span>
      ))}
      <span className="w-10 shrink-0 text-right">Match</span>
      <span className="w-24 shrink-0" />
    </div>
  );
}
