import type { OpenedPlaylist, Profile } from "@/api/types";
import type { Draft } from "@/lib/recipe";
import { goTo } from "@/lib/route";
import { countOf } from "@/lib/values";
import { Button } from "@/ui/Button";

interface Props {
  draft: Draft;
  profile: Profile | undefined;
  /** The listener's own playlist that it starts from. */
  playlist: OpenedPlaylist | null;
}

/** What the recipe starts from, and the way to start from something else. */
export function SeedHeader({ draft, profile, playlist }: Props) {
  const skipped = playlist?.skipped ? skippedOf(playlist.skipped) : [];
  return (
    <div className="mb-4 flex items-start justify-between gap-3">
      <div className="min-w-0">
        <h1
          tabIndex={-1}
          className="truncate text-xl font-semibold outline-none"
          title={draft.name}
        >
          <bdi>{draft.name}</bdi>
        </h1>
        <p className="text-xs text-muted">
          {profile ? countOf(profile.songs, "song") : "…"}
          {profile &&
            !playlist &&
            profile.unknown.length > 0 &&
            `, ${profile.unknown.length} more not known`}
          {draft.demo && ", made up"}
        </p>
        {skipped.length > 0 && <p className="text-xs text-muted">Not used: {skipped.join(", ")}</p>}
      </div>
      <Button look="bare" className="-mr-4" onClick={() => goTo("/")}>
        Change
      </Button>
    </div>
  );
}

type Skipped = NonNullable<OpenedPlaylist["skipped"]>;

/** Why entries of a playlist are no songs to start from, with how many each. */
function skippedOf(skipped: Skipped): string[] {
  const counts: readonly [number, string, string][] = [
    [skipped.unknown, "song that is not in the catalog", "songs that are not in the catalog"],
    [skipped.duplicate, "song that comes again", "songs that come again"],
    [skipped.local, "file of your own", "files of your own"],
    [skipped.episode, "episode of a podcast", "episodes of podcasts"],
    [skipped.removed, "entry that Spotify removed", "entries that Spotify removed"],
  ];
  return counts
    .filter(([count]) => count > 0)
    .map(([count, one, many]) => countOf(count, one, many));
}
