import { useEffect, useRef } from "react";
import type { SavedPlaylist } from "@/api/types";
import { countOf } from "@/lib/values";
import { Button, ButtonLink } from "@/ui/Button";

interface Props {
  saved: SavedPlaylist;
  onAgain: () => void;
  onClose: () => void;
}

/** Says that a list was saved, and where it is to be heard. */
export function Saved({ saved, onAgain, onClose }: Props) {
  const said = useRef<HTMLParagraphElement>(null);
  // The button that was pressed is gone.
  useEffect(() => said.current?.focus(), []);
  return (
    <>
      <div className="grid gap-2 px-5 py-4">
        <p ref={said} tabIndex={-1} role="status" className="text-base outline-none">
          <span className="text-ok" aria-hidden="true">
            ✓{" "}
          </span>
          Saved as{" "}
          <strong className="font-semibold">
            <bdi>{saved.name}</bdi>
          </strong>
          , {countOf(saved.songs, "song")}
        </p>
        <p className="text-muted">
          {saved.url === null
            ? "It is at Spotify's stand-in, and among your playlists on the first page."
            : "You find it in your Spotify library, and among your playlists on the first page."}
        </p>
      </div>
      <div className="flex flex-wrap items-center justify-end gap-2 border-t border-line px-5 py-4">
        <Button look="bare" className="mr-auto -ml-4" onClick={onAgain}>
          Save once more
        </Button>
        <Button onClick={onClose}>Close</Button>
        {saved.url !== null && (
          <ButtonLink look="main" href={saved.url} target="_blank" rel="noreferrer">
            Open in Spotify
          </ButtonLink>
        )}
      </div>
    </>
  );
}
