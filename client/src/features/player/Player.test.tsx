import { act, render, screen } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";
import { Player } from "./Player";

type Listener = () => void;

const SONG = {
  id: "4uLU6hMCjMI75M1A2tKUQC",
  name: "A Song",
  artists: [{ id: "a", name: "Somebody" }],
  demo: false,
  url: "https://open.spotify.com/track/4uLU6hMCjMI75M1A2tKUQC",
};

/** A controller like Spotify's that remembers what it was told. */
function spotify() {
  const listeners = new Map<string, Listener>();
  const controller = {
    loadUri: vi.fn(),
    play: vi.fn(),
    destroy: vi.fn(),
    addListener: (event: string, listener: Listener) => listeners.set(event, listener),
  };
  const createController = vi.fn(
    (_element: HTMLElement, _options: object, done: (made: typeof controller) => void) =>
      done(controller),
  );
  const tell = (event: string) => act(async () => listeners.get(event)?.());
  return { controller, createController, tell };
}

beforeEach(() => {
  for (const script of document.head.querySelectorAll("script")) script.remove();
});

test("a made-up song says that there is nothing to hear, and loads no script", () => {
  render(<Player song={{ ...SONG, demo: true, url: null }} onClose={() => {}} />);
  expect(screen.getByRole("status").textContent).toContain("there is nothing to hear");
  expect(document.head.querySelector("script")).toBeNull();
});

test("a blocked script is said, with the way to Spotify; trying again loads it anew", async () => {
  render(<Player song={SONG} onClose={() => {}} />);
  await act(async () => document.head.querySelector("script")?.dispatchEvent(new Event("error")));
  expect(screen.getByRole("status").textContent).toContain("could not be loaded");
  expect(screen.getByRole("link").getAttribute("href")).toBe(SONG.url);
  const again = screen.getByRole("button", { name: "try again" });
  again.focus();
  await act(async () => again.click());
  expect(document.activeElement).toBe(screen.getByRole("region", { name: "Player" }));
  expect(document.head.querySelector("script")).not.toBeNull();

  const { controller, createController, tell } = spotify();
  await act(async () => window.onSpotifyIframeApiReady?.({ createController }));
  expect(createController).toHaveBeenCalledOnce();
  await tell("ready");
  expect(controller.play).toHaveBeenCalled();
  await tell("error");
  expect(screen.getByRole("status").textContent).toContain("cannot play this song");
});

test("the rest of Spotify's script can be blocked alone; trying again begins anew", async () => {
  vi.resetModules();
  const { Player: Fresh } = await import("./Player");
  render(<Fresh song={SONG} onClose={() => {}} />);
  window.SpotifyIframeConfig = { loading: 1 };
  const rest = document.createElement("script");
  rest.src = "https://embed-cdn.spotifycdn.com/iframe_api.js";
  document.head.append(rest);
  await act(async () => rest.dispatchEvent(new Event("error")));
  expect(screen.getByRole("status").textContent).toContain("could not be loaded");
  expect(window.SpotifyIframeConfig).toBeUndefined();
});

test("another song after a blocked one tries again", async () => {
  vi.resetModules();
  const { Player: Fresh } = await import("./Player");
  const { rerender } = render(<Fresh song={SONG} onClose={() => {}} />);
  await act(async () => document.head.querySelector("script")?.dispatchEvent(new Event("error")));
  expect(screen.getByRole("status").textContent).toContain("could not be loaded");
  rerender(<Fresh song={{ ...SONG, id: "7ouMYWpwJ422jRcDASZB7P" }} onClose={() => {}} />);
  const { createController } = spotify();
  await act(async () => window.onSpotifyIframeApiReady?.({ createController }));
  expect(createController.mock.calls[0]?.[1]).toMatchObject({
    uri: "spotify:track:7ouMYWpwJ422jRcDASZB7P",
  });
});

test("one controller plays every song, and goes with the dock", async () => {
  const { controller, createController, tell } = spotify();
  // The script is loaded once for the page: the test before has done it.
  vi.resetModules();
  const { Player: Fresh } = await import("./Player");
  const { rerender, unmount } = render(<Fresh song={SONG} onClose={() => {}} />);
  await act(async () => window.onSpotifyIframeApiReady?.({ createController }));
  const said = screen.getByRole("status");
  expect(said.textContent).toBe("Loading A Song…");
  expect(said.className).not.toContain("sr-only");
  await tell("ready");
  const next = { ...SONG, id: "7ouMYWpwJ422jRcDASZB7P", name: "Another" };
  rerender(<Fresh song={next} onClose={() => {}} />);
  // The player says only once that it is ready.
  expect(screen.getByRole("status").textContent).toBe("Spotify’s player shows Another.");
  expect(createController).toHaveBeenCalledOnce();
  expect(controller.loadUri).toHaveBeenCalledWith("spotify:track:7ouMYWpwJ422jRcDASZB7P");
  unmount();
  expect(controller.destroy).toHaveBeenCalledOnce();
});

test("a fault in what follows Spotify's script is not taken for a blocked script", async () => {
  vi.resetModules();
  const { Player: Fresh } = await import("./Player");
  const faults: unknown[] = [];
  const hear = (reason: unknown) => faults.push(reason);
  const others = process.listeners("unhandledRejection");
  process.removeAllListeners("unhandledRejection").on("unhandledRejection", hear);
  render(<Fresh song={SONG} onClose={() => {}} />);
  const createController = vi.fn().mockImplementation(() => {
    throw new Error("a fault of ours");
  });
  await act(async () => window.onSpotifyIframeApiReady?.({ createController }));
  await vi.waitFor(() => expect(faults).toEqual([new Error("a fault of ours")]));
  expect(screen.getByRole("status").textContent).not.toContain("could not be loaded");
  process.off("unhandledRejection", hear);
  for (const other of others) process.on("unhandledRejection", other);
});
