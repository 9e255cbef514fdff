import type { PlaylistSummary } from "@/api/types";
import { loginAddress } from "@/lib/login";
import { countOf } from "@/lib/values";
import { Button, ButtonLink } from "@/ui/Button";

interface Props {
  playlist: PlaylistSummary;
  onOpen: () => void;
}

/** A playlist to start from, or why it is none. */
export function PlaylistRow({ playlist, onOpen }: Props) {
  const { name, unreadable, tracks } = playlist;
  return (
    <li className="flex min-h-14 items-center gap-3 border-b border-line px-4 py-1 last:border-0">
      <div className="min-w-0 grow">
        <p className={`truncate font-medium ${unreadable ? "text-muted" : ""}`}>
          <bdi>{name}</bdi>
        </p>
        <p className={`text-xs text-muted ${unreadable ? "pb-1" : "truncate"}`}>
          {factsOf(playlist)}
        </p>
      </div>
      {!unreadable && tracks > 0 && (
        <Button aria-label={`Open ${name}`} onClick={onOpen}>
          Open
        </Button>
      )}
      {unreadable === "scope" && (
        <ButtonLink aria-label={`Allow reading of ${name}`} href={loginAddress("known")}>
          Allow
        </ButtonLink>
      )}
    </li>
  );
}

function factsOf({ tracks, followers, owner, own, unreadable }: PlaylistSummary): string {
  if (unreadable === "scope") {
    return "Spotify asks you once more before SpotAI may read them.";
  }
  const songs = tracks === 0 ? "Nothing in it to start from" : countOf(tracks, "song");
  if (unreadable === "followed") {
    const whose = owner ? `by ${owner}` : "of somebody else";
    return `${songs}, ${whose}. Spotify lets only its owner read it here: copy its songs into a playlist of yours.`;
  }
  const by = owner && !own ? `, by ${owner}` : "";
  return `${songs}${by}${followers > 0 ? `, ${countOf(followers, "follower")}` : ""}`;
}
