import { useRef, useState } from "react";
import type { Track } from "@/api/types";
import { useEmbed } from "./useEmbed";

interface Props {
  song: Pick<Track, "id" | "name" | "artists" | "demo" | "url">;
  onClose: () => void;
}

/** The dock at the bottom: Spotify's own player, or why there is nothing to hear. */
export function Player({ song, onClose }: Props) {
  const [attempt, setAttempt] = useState(0);
  const dock = useRef<HTMLElement>(null);
  const artists = song.artists.map((artist) => artist.name).join(", ");
  return (
    <section
      ref={dock}
      tabIndex={-1}
      aria-label="Player"
      className="outline-none sticky bottom-0 z-20 flex h-24 shrink-0 items-center gap-3 border-t border-line bg-surface px-4"
    >
      <div className="min-w-0 grow">
        {song.demo || song.url === null ? (
          <Said>
            <strong className="font-semibold">
              <Name>{song.name}</Name>
            </strong>{" "}
            by <Name>{artists}</Name> is made up: there is nothing to hear.
          </Said>
        ) : (
          <Embed
            key={attempt}
            id={song.id}
            name={song.name}
            url={song.url}
            onRetry={() => {
              dock.current?.focus(); // the button that was pressed goes
              setAttempt(attempt + 1);
            }}
          />
        )}
      </div>
      <button
        type="button"
        className="size-11 shrink-0 rounded-lg hover:bg-surface-2"
        title="Close the player (Escape)"
        aria-keyshortcuts="Escape"
        onClick={onClose}
      >
        <svg
          viewBox="0 0 12 12"
          width="12"
          height="12"
          className="m-auto stroke-text"
          aria-hidden="true"
        >
          <path d="m1 1 10 10M11 1 1 11" strokeWidth="1.5" />
        </svg>
        <span className="sr-only">Close the player</span>
      </button>
    </section>
  );
}

interface EmbedProps {
  id: string;
  name: string;
  url: string;
  onRetry: () => void;
}

function Embed({ id, name, url, onRetry }: EmbedProps) {
  const { box, state } = useEmbed(`spotify:track:${id}`);
  const link = (
    <a
      className="inline-flex max-w-full gap-1 align-bottom font-medium text-accent underline underline-offset-2"
      href={url}
      target="_blank"
      rel="noreferrer"
    >
      Open <bdi className="truncate">{name}</bdi> <span className="shrink-0">in Spotify</span>
    </a>
  );
  return (
    <div className="relative">
      <div
        ref={box}
        className={state === "blocked" || state === "unknown" ? "hidden" : "min-h-20"}
      />
      {state === "loading" && (
        <div className="absolute inset-0 flex items-center bg-surface text-muted">
          <Said>
            Loading <Name>{name}</Name>…
          </Said>
        </div>
      )}
      {state === "ready" && <Said hidden>Spotify’s player shows {name}.</Said>}
      {state === "unknown" && (
        <Said>
          Spotify’s player cannot play this song; Spotify may not have it any more. {link}
        </Said>
      )}
      {state === "blocked" && (
        <Said>
          Spotify’s player could not be loaded: it is blocked, or you are offline. {link} or{" "}
          <button
            type="button"
            className="font-medium text-accent underline underline-offset-2"
            onClick={onRetry}
          >
            try again
          </button>
        </Said>
      )}
    </div>
  );
}

function Said({ hidden = false, children }: { hidden?: boolean; children: React.ReactNode }) {
  return (
    <p role="status" className={hidden ? "sr-only" : "line-clamp-4 break-words"}>
      {children}
    </p>
  );
}

/** A name that leaves room for what is said about it. */
function Name({ children }: { children: string }) {
  return <bdi className="inline-block max-w-56 truncate align-bottom">{children}</bdi>;
}
