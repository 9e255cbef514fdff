/** The parts of Spotify's iframe API that we use. */
export interface EmbedController {
  loadUri: (uri: string) => void;
  play: () => void;
  destroy: () => void;
  addListener: (event: "ready" | "error" | "playback_started", listener: () => void) => void;
}

interface EmbedApi {
  createController: (
    element: HTMLElement,
    options: { uri: string; width: string; height: number },
    done: (controller: EmbedController) => void,
  ) => void;
}

declare global {
  interface Window {
    onSpotifyIframeApiReady?: (api: EmbedApi) => void;
  }
}

const SCRIPT = "https://open.spotify.com/embed/iframe-api/v1";
export const HEIGHT = 80;
export const PATIENCE_MS = 10_000;

let loading: Promise<EmbedApi> | null = null;

/** Load Spotify's script, once; after a failure the next call tries again. */
export function loadEmbed(): Promise<EmbedApi> {
  loading ??= new Promise<EmbedApi>((resolve, reject) => {
    const script = document.createElement("script");
    const fail = () => {
      script.remove();
      loading = null;
      reject(new Error("Spotify's player could not be loaded"));
    };
    const timer = setTimeout(fail, PATIENCE_MS);
    window.onSpotifyIframeApiReady = (api) => {
      clearTimeout(timer);
      resolve(api);
    };
    script.addEventListener("error", () => {
      clearTimeout(timer);
      fail();
    });
    script.src = SCRIPT;
    script.async = true;
    document.head.append(script);
  });
  return loading;
}
