/** The parts of Spotify's iframe API that we use. */
export interface EmbedController {
  loadUri: (uri: string) => void;
  play: () => void;
  destroy: () => void;
  addListener: (event: "ready" | "error" | "playback_started", listener: () => void) => void;
}

export interface EmbedApi {
  createController: (
    element: HTMLElement,
    options: { uri: string; width: string; height: number },
    done: (controller: EmbedController) => void,
  ) => void;
}

declare global {
  interface Window {
    onSpotifyIframeApiReady?: (api: EmbedApi) => void;
    /** What Spotify's script notes about itself: with it, it does not begin a second time. */
    SpotifyIframeConfig?: object;
  }
}

const SCRIPT = "https://open.spotify.com/embed/iframe-api/v1";
/** Where that script gets the rest of itself. */
const REST = "https://embed-cdn.spotifycdn.com/";
export const HEIGHT = 80;
export const PATIENCE_MS = 10_000;

let loading: Promise<EmbedApi> | null = null;

/** Load Spotify's script, once; after a failure the next call tries again. */
export function loadEmbed(): Promise<EmbedApi> {
  loading ??= new Promise<EmbedApi>((resolve, reject) => {
    const script = document.createElement("script");
    const done = () => {
      clearTimeout(timer);
      removeEventListener("error", onError, true);
    };
    const fail = () => {
      done();
      script.remove();
      delete window.SpotifyIframeConfig;
      loading = null;
      reject(new Error("Spotify's player could not be loaded"));
    };
    // Scripts tell of their fault only on the way down to them.
    const onError = ({ target }: Event) => {
      if (!(target instanceof HTMLScriptElement)) return;
      if (target === script || target.src.startsWith(REST)) fail();
    };
    const timer = setTimeout(fail, PATIENCE_MS);
    addEventListener("error", onError, true);
    window.onSpotifyIframeApiReady = (api) => {
      done();
      resolve(api);
    };
    script.src = SCRIPT;
    script.async = true;
    document.head.append(script);
  });
  return loading;
}
