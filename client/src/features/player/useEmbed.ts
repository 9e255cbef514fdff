import type { RefObject } from "react";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import type { EmbedApi, EmbedController } from "./embed";
import { HEIGHT, loadEmbed, PATIENCE_MS } from "./embed";

type State = "loading" | "ready" | "blocked" | "unknown";

interface Embedded {
  /** Where Spotify's player goes. */
  box: RefObject<HTMLDivElement | null>;
  state: State;
}

/** Play a song in one player of Spotify's, whichever song it is; the player goes with the dock. */
export function useEmbed(uri: string): Embedded {
  const box = useRef<HTMLDivElement>(null);
  const controller = useRef<EmbedController | null>(null);
  // A player that once was there need not say again that it is ready.
  const [heard, setHeard] = useState(false);
  const [told, setTold] = useState<{ uri: string; state: State } | null>(null);
  const tell = useEffectEvent((state: State) => {
    if (state === "ready") setHeard(true);
    setTold({ uri, state });
  });
  const giveUp = useEffectEvent(() => {
    if (!heard && told?.uri !== uri) tell("blocked");
  });

  useEffect(() => {
    let over = false;
    const create = (api: EmbedApi) => {
      if (over || box.current === null) return;
      const child = document.createElement("div"); // Spotify's script replaces what it is given
      box.current.replaceChildren(child);
      api.createController(child, { uri, width: "100%", height: HEIGHT }, (made) => {
        if (over) return made.destroy();
        controller.current = made;
        made.addListener("ready", () => tell("ready"));
        made.addListener("playback_started", () => tell("ready"));
        made.addListener("error", () => tell("unknown"));
        made.play();
      });
    };
    if (controller.current !== null) {
      controller.current.loadUri(uri);
      controller.current.play();
    } else {
      // Only a script that did not come counts as blocked: any other fault is one of ours.
      void loadEmbed().then(create, () => !over && tell("blocked"));
    }
    const timer = setTimeout(() => giveUp(), PATIENCE_MS);
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [uri]);

  useEffect(
    () => () => {
      controller.current?.destroy();
      controller.current = null;
    },
    [],
  );
  return { box, state: told?.uri === uri ? told.state : heard ? "ready" : "loading" };
}
