import { useId } from "react";
import type { PlaylistSummary, Recommended } from "@/api/types";
import { countOf } from "@/lib/values";
import type { Mode, Wish } from "./order";
import { DESCRIPTION_MOST, NAME_MOST } from "./order";

const MODES: readonly [Mode, string][] = [
  ["create", "New playlist"],
  ["append", "Add to one"],
  ["replace", "Replace one"],
];
const BOX =
  "mt-1 block w-full rounded-lg border border-control bg-surface px-3 text-base text-text sm:text-sm";

interface Props {
  wish: Wish;
  /** The listener's own playlists. */
  own: readonly PlaylistSummary[];
  songs: readonly Recommended[];
  onChange: (wish: Wish) => void;
}

/** Where a list goes, how it is called, and who can see it. */
export function SaveForm({ wish, own, songs, onChange }: Props) {
  const id = useId();
  // Only what was saved from here is replaced: nothing of one's own gets lost.
  const targets = wish.mode === "replace" ? own.filter((one) => one.made_here) : own;
  const change = (changed: Partial<Wish>) => onChange({ ...wish, ...changed });
  const minutes = Math.round(
    songs.reduce((sum, song) => sum + (song.features.duration_ms ?? 0), 0) / 60_000,
  );
  const aim = (mode: Mode) => {
    const [first] = mode === "replace" ? own.filter((one) => one.made_here) : own;
    const to = mode === "create" ? undefined : first;
    change({ mode, playlist: to?.id ?? "", ...(to && mode === "append" && { name: to.name }) });
  };
  return (
    <>
      <fieldset>
        <legend className="mb-1 text-xs font-medium">Where</legend>
        <div className="inline-flex flex-wrap rounded-lg bg-surface-2 p-0.5">
          {MODES.map(([mode, words]) => (
            <label
              key={mode}
              className="relative inline-flex min-h-11 items-center rounded-lg border border-transparent px-3 text-muted has-checked:border-control has-checked:bg-surface has-checked:text-text has-focus-visible:outline-2 has-focus-visible:outline-accent lg:min-h-9"
            >
              <input
                type="radio"
                name={`${id}-mode`}
                className="absolute inset-0 cursor-pointer opacity-0"
                checked={wish.mode === mode}
                onChange={() => aim(mode)}
              />
              {words}
            </label>
          ))}
        </div>
      </fieldset>
      {wish.mode !== "create" && (
        <label className="block text-xs font-medium">
          {wish.mode === "append" ? "Playlist to add to" : "Playlist saved from here"}
          {targets.length > 0 ? (
            <select
              className={`${BOX} h-11 lg:h-9`}
              value={wish.playlist}
              onChange={({ target: { value } }) => {
                const to = targets.find((one) => one.id === value);
                change({
                  playlist: value,
                  ...(to && wish.mode === "append" && { name: to.name }),
                });
              }}
            >
              {targets.map((one) => (
                <option key={one.id} value={one.id}>
                  {one.name} ({countOf(one.tracks, "song")})
                </option>
              ))}
            </select>
          ) : (
            <span className="mt-1 block text-sm font-normal text-muted">
              There is none yet: save a new one.
            </span>
          )}
        </label>
      )}
      {wish.mode !== "append" && (
        <>
          <label className="block text-xs font-medium">
            Name
            <input
              data-writing
              required
              maxLength={NAME_MOST}
              value={wish.name}
              className={`${BOX} h-11 lg:h-10`}
              onChange={(event) => change({ name: event.target.value })}
            />
          </label>
          <label className="block text-xs font-medium">
            Description
            <textarea
              data-writing
              rows={2}
              maxLength={DESCRIPTION_MOST}
              value={wish.description}
              className={`${BOX} py-2`}
              onChange={(event) => change({ description: event.target.value })}
            />
            <span className="mt-1 block font-normal text-muted">
              A link to the recipe is added to it.
            </span>
          </label>
        </>
      )}
      {wish.mode === "create" && (
        <label className="flex min-h-11 items-center gap-2 lg:min-h-9">
          <input
            type="checkbox"
            className="size-5"
            checked={wish.public}
            onChange={(event) => change({ public: event.target.checked })}
          />
          <span>
            Public{" "}
            <span className="text-xs text-muted">
              {wish.public
                ? "It stands on your profile."
                : "Only you, until you change it in Spotify."}
            </span>
          </span>
        </label>
      )}
      <p className="rounded-lg bg-surface-2 p-3">
        <strong className="block font-semibold">
          {countOf(songs.length, "song")}
          {minutes > 0 && `, ${minutes} min`}
        </strong>
        <span className="text-xs text-muted">
          {wish.mode === "replace"
            ? "They take the place of what is in it."
            : wish.mode === "append"
              ? "They go behind what is in it."
              : "In the order of the list."}
        </span>
      </p>
    </>
  );
}
