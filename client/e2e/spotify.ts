import type { Page } from "playwright-core";

const LOADER = `(() => {
  if (window.SpotifyIframeConfig?.loading) console.warn("already initialized");
  window.SpotifyIframeConfig = { loading: 1 };
  const rest = document.createElement("script");
  rest.src = "https://embed-cdn.spotifycdn.com/_next/static/iframe_api.js";
  document.head.append(rest);
})()`;

const REST = `
  window.controllers = 0;
  window.onSpotifyIframeApiReady({
    createController(element, options, done) {
      window.controllers += 1;
      const frame = document.createElement("iframe");
      frame.title = "Spotify";
      frame.width = options.width;
      frame.height = options.height;
      const listeners = {};
      const load = (uri) => {
        frame.src = "https://open.spotify.com/embed/track/" + uri.split(":")[2];
      };
      const hear = (event) => {
        if (event.source === frame.contentWindow) listeners[event.data]?.();
      };
      addEventListener("message", hear);
      load(options.uri);
      element.replaceWith(frame);
      done({
        loadUri: load,
        play() {},
        destroy() { frame.remove(); removeEventListener("message", hear); },
        addListener(name, listener) { listeners[name] = listener; },
      });
    },
  });
`;

interface Options {
  /** Tells whether Spotify has the song of an id. */
  knows: (id: string) => boolean;
}

const script = (body: string) => ({ contentType: "text/javascript", body });

/**
 * Answer in Spotify's place, at Spotify's addresses, as its iframe API does: a script that loads
 * the rest of itself from elsewhere, and a frame that says when it is ready. What the page's policy
 * forbids is stopped before it gets here.
 */
export async function standInForSpotify(page: Page, { knows }: Options): Promise<void> {
  await page.route("https://open.spotify.com/embed/iframe-api/v1", (route) =>
    route.fulfill(script(LOADER)),
  );
  await page.route("https://embed-cdn.spotifycdn.com/**", (route) => route.fulfill(script(REST)));
  await page.route("https://open.spotify.com/embed/track/*", (route) => {
    const id = route.request().url().split("/").at(-1) ?? "";
    const said = knows(id) ? "ready" : "error";
    return route.fulfill({
      contentType: "text/html",
      body: `<!doctype html><title>${id}</title><p>${id}</p><script>parent.postMessage("${said}", "*")</script>`,
    });
  });
}
