import { QueryClientProvider } from "@tanstack/react-query";
import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { makeQueryClient } from "@/api/client";
import { FILE_BYTES, SEARCH_CHARACTERS, SEED_SONGS } from "@/api/limits";
import { Home } from "./Home";
import { handlersOfSpec } from "./spec";

const server = setupServer(...handlersOfSpec());
beforeAll(() => server.listen({ onUnhandledRequest: "error" }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const PLAYLIST = "https://open.spotify.com/playlist/37i9dQZF1DXcBWIGoYBM5M?si=1";
const TRACK = "https://open.spotify.com/track/4uLU6hMCjMI75M1A2tKUQC";

function show() {
  render(
    <QueryClientProvider client={makeQueryClient()}>
      <Home draft={null} onOpen={vi.fn()} />
    </QueryClientProvider>,
  );
  return userEvent.setup();
}

/** The import answers like this from now on. */
function importing(answer: object): void {
  server.use(
    http.post("*/api/imports", () =>
      HttpResponse.json({ tracks: [], unmatched: [], duplicates: 0, ...answer }),
    ),
  );
}

function refused(text: string, times = 1): object {
  return {
    unmatched: Array.from({ length: times }, () => ({ line: 1, text, reason: "no track" })),
  };
}

async function paste(user: ReturnType<typeof userEvent.setup>, text: string): Promise<void> {
  await user.click(screen.getByText("Paste links instead"));
  const box = screen.getByLabelText(/^Spotify track links/);
  await user.clear(box);
  await user.click(box);
  await user.paste(text);
  await user.click(screen.getByRole("button", { name: "Find these songs" }));
}

test.each([
  PLAYLIST,
  "spotify:playlist:37i9dQZF1DXcBWIGoYBM5M",
  "https://open.spotify.com/embed/playlist/37i9dQZF1DXcBWIGoYBM5M",
  "https://open.spotify.com/intl-de/embed/playlist/37i9dQZF1DXcBWIGoYBM5M",
  "https://open.spotify.com/user/some.one/playlist/37i9dQZF1DXcBWIGoYBM5M",
  "https://play.spotify.com/playlist/37i9dQZF1DXcBWIGoYBM5M",
  "spotify:user:some.one:playlist:37i9dQZF1DXcBWIGoYBM5M",
])("the link of a playlist is said to be one: %s", async (link) => {
  const user = show();
  importing(refused(link));
  await paste(user, link);
  await screen.findByText("This is a playlist link");
  expect(screen.getByText(/links of the songs themselves/).textContent).toContain("Exportify");
  expect(screen.queryByText(/load a data set/)).toBeNull();
});

test.each(["https://spotify.link/aBcDeF12345", "spotify.app.link/aBcDeF12345"])(
  "a short link is said not to be followed: %s",
  async (link) => {
    const user = show();
    importing(refused(link));
    await paste(user, link);
    await screen.findByText("This is a short link");
    expect(screen.getByText(/^Short links are not followed/).textContent).toContain(
      "links of the songs themselves",
    );
  },
);

test("words that name no song are not looked for in a data set; each is listed", async () => {
  const user = show();
  importing(refused("hello there", 2));
  await paste(user, "hello there");
  await screen.findByText("No song was recognised");
  expect(screen.queryByText(/load a data set/)).toBeNull();
  expect(screen.getAllByText(/Line 1: hello there/)).toHaveLength(2);
});

test("a song that is not in the catalog may be in a data set", async () => {
  const user = show();
  importing(refused(TRACK));
  await paste(user, TRACK);
  await screen.findByText("None of these songs is in the catalog");
  expect(screen.getByText(/load a data set/)).toBeTruthy();
});

test("songs that a recipe has no room for are told when they are added", async () => {
  const user = show();
  const drop = async (from: number, name: string) => {
    const tracks = Array.from({ length: 9000 }, (_, place) => ({
      id: `song ${from + place}`,
      name: "A Song",
      artists: [],
      demo: false,
    }));
    importing({ tracks });
    await user.upload(screen.getByLabelText("Playlist file"), new File(["ids"], name));
  };
  await drop(0, "one.txt");
  await screen.findByText("9,000 songs chosen");
  await drop(9000, "two.txt");
  await screen.findByText(`${SEED_SONGS.toLocaleString("en")} songs chosen`);
  expect(screen.getByText(/^A recipe starts from at most 10,000 songs: 8,000 songs/)).toBeTruthy();
});

test("a file that is a little too large does not seem to fit", async () => {
  const user = show();
  const file = new File([new Uint8Array(FILE_BYTES + 1)], "large.csv");
  await user.upload(screen.getByLabelText("Playlist file"), file);
  await screen.findByText(/^large.csv has 10.1 MiB; a playlist file may have 10 MiB/);
});

test("a search ends where the server reads no further, and says so", async () => {
  const user = show();
  const box = screen.getByLabelText<HTMLInputElement>("Find songs");
  await user.click(box);
  await user.paste("x".repeat(SEARCH_CHARACTERS + 1));
  expect(box.value).toHaveLength(SEARCH_CHARACTERS);
  expect(screen.getByText("A search takes at most 200 characters.")).toBeTruthy();
});

test("a search that found more songs than are shown says so", async () => {
  const user = show();
  const answer = await fetch("http://localhost/api/tracks?q=love");
  const found = (await answer.json()) as { items: object[] };
  server.use(http.get("*/api/tracks", () => HttpResponse.json({ ...found, more: true })));
  await user.type(screen.getByLabelText("Find songs"), "love");
  await screen.findByText(`More songs found than the first ${found.items.length}, which are shown`);
});

test("the failure of an import goes when the server answers again", async () => {
  const user = show();
  server.use(http.post("*/api/imports", () => HttpResponse.error()));
  await paste(user, TRACK);
  await screen.findByText("SpotAI does not answer");
  await user.type(screen.getByLabelText("Find songs"), "love");
  await vi.waitFor(() => expect(screen.queryByRole("alert")).toBeNull());
});

/** The next import finds the server busy, for so many seconds as it says. */
function busy(seconds: number): void {
  const title = "The server is busy";
  const body = { type: "/problems/busy", title, detail: "Other imports are being read." };
  const headers = { "Retry-After": String(seconds) };
  const refuse = () => HttpResponse.json(body, { status: 503, headers });
  server.use(http.post("*/api/imports", refuse, { once: true }));
}

test("a busy import stays said whatever else is answered, until something else is written", async () => {
  const user = show();
  busy(60);
  await paste(user, TRACK);
  await screen.findByText("The server is busy");
  await user.type(screen.getByLabelText("Find songs"), "love");
  await screen.findByText(/songs? found/);
  expect(screen.getByText("The server is busy")).toBeTruthy();
  await user.type(screen.getByLabelText(/^Spotify track links/), " ");
  expect(screen.queryByRole("alert")).toBeNull();
});

test("a busy import is asked again by itself when the server allows it", async () => {
  const user = show();
  importing(refused("hello"));
  busy(1);
  await paste(user, "hello");
  await screen.findByText(/^Asking again in/);
  await screen.findByText("No song was recognised", {}, { timeout: 4000 });
  expect(screen.queryByRole("alert")).toBeNull();
});

test("the failure of an import goes when something else is written", async () => {
  const user = show();
  const detail = "at most 10,000 songs are taken at once; split the list";
  const body = { type: "/problems/too-large", title: "Too large", detail, status: 413 };
  server.use(http.post("*/api/imports", () => HttpResponse.json(body, { status: 413 })));
  await paste(user, TRACK);
  const alert = await screen.findByRole("alert");
  expect(within(alert).getByText(/^At most 10,000 songs/)).toBeTruthy();
  await user.type(screen.getByLabelText(/^Spotify track links/), " ");
  expect(screen.queryByRole("alert")).toBeNull();
});
