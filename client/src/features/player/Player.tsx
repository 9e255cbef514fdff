import { useEffect, useRef, useState } from "react";
import type { Track } from "@/api/types";
import type { EmbedController } from "./embed";
import { HEIGHT, loadEmbed, PATIENCE_MS } from "./embed";

interface Props {
  song: Pick<Track, "id" | "name" | "artists" | "demo" | "url">;
  onClose: () => void;
}

type State = "loading" | "ready" | "blocked" | "unknown";

/** The dock at the bottom: Spotify's own player, or why there is nothing to hear. */
export function Player({ song, onClose }: Props) {
  const [attempt, setAttempt] = useState(0);
  const artists = song.artists.map((artist) => artist.name).join(", ");
  return (
    <section
      aria-label="Player"
      className="sticky bottom-0 z-20 flex min-h-20 items-center gap-3 border-t border-line bg-surface px-4 py-2"
    >
      <div className="min-w-0 grow">
        {song.demo || song.url === null ? (
          <Said>
            <strong className="font-semibold">{song.name}</strong> by {artists} is made up: there is
            nothing to hear.
          </Said>
        ) : (
          <Embed
            key={attempt}
            id={song.id}
            name={song.name}
            url={song.url}
            onRetry={() => setAttempt(attempt + 1)}
          />
        )}
      </div>
      <button
        type="button"
        className="size-11 shrink-0 rounded-lg hover:bg-surface-2"
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
  const box = useRef<HTMLDivElement>(null);
  const controller = useRef<EmbedController | null>(null);
  const [state, setState] = useState<State>("loading");
  const uri = `spotify:track:${id}`;
  const wanted = useRef(uri);

  useEffect(() => {
    wanted.current = uri;
    if (controller.current === null) return;
    setState("loading");
    controller.current.loadUri(uri);
    controller.current.play();
  }, [uri]);

  useEffect(() => {
    let gone = false;
    const timer = setTimeout(
      () => setState((now) => (now === "loading" ? "blocked" : now)),
      PATIENCE_MS,
    );
    const begin = async () => {
      try {
        const api = await loadEmbed();
        const child = document.createElement("div"); // Spotify's script replaces what it is given
        if (gone || box.current === null) return;
        box.current.replaceChildren(child);
        api.createController(
          child,
          { uri: wanted.current, width: "100%", height: HEIGHT },
          (made) => {
            if (gone) return made.destroy();
            controller.current = made;
            made.addListener("ready", () => setState("ready"));
            made.addListener("playback_started", () => setState("ready"));
            made.addListener("error", () => setState("unknown"));
            made.play();
          },
        );
      } catch {
        if (!gone) setState("blocked"); // the dock says so
      }
    };
    void begin();
    return () => {
      gone = true;
      clearTimeout(timer);
      controller.current?.destroy();
      controller.current = null;
    };
  }, []);

  const link = (
    <a
      className="font-medium text-accent underline underline-offset-2"
      href={url}
      target="_blank"
      rel="noreferrer"
    >
      Open {name} in Spotify
    </a>
  );
  return (
    <>
      <div
        ref={box}
        className={state === "blocked" || state === "unknown" ? "hidden" : "min-h-20"}
      />
      {state === "loading" && <Said hidden>Loading {name}…</Said>}
      {state === "ready" && <Said hidden>Spotify’s player shows {name}.</Said>}
      {state === "unknown" && <Said>Spotify’s player does not know this song. {link}</Said>}
      {state === "blocked" && (
        <Said>
          Spotify’s player could not be loaded: it is blocked, or you are offline. {link} or{" "}
          <button
            type="button"
            className="min-h-11 font-medium text-accent underline underline-offset-2 lg:min-h-6"
            onClick={onRetry}
          >
            try again
          </button>
        </Said>
      )}
    </>
  );
}

function Said({ hidden = false, children }: { hidden?: boolean; children: React.ReactNode }) {
  return (
    <p role="status" className={hidden ? "sr-only" : ""}>
      {children}
    </p>
  );
}
