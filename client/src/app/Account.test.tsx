import { QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { delay, http, HttpResponse } from "msw";
import { setupServer } from "msw/node";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { makeQueryClient } from "@/api/client";
import { forgetSession } from "@/api/session";
import { App } from "./App";
import { handlersOfSpec } from "./spec";

const GUEST = {
  kind: "guest",
  name: null,
  scopes: [] as string[],
  login: "spotify" as string | null,
  account: false,
  csrf_token: "token",
  expires: 1,
};
const READ = ["playlist-read-private", "playlist-read-collaborative"];
const SAVE = [...READ, "playlist-modify-private", "playlist-modify-public"];
const ADA = { ...GUEST, kind: "spotify", name: "Ada", scopes: READ, account: true };

function opened(this: HTMLDialogElement) {
  this.open = true;
}

const server = setupServer(...handlersOfSpec());
beforeAll(() => server.listen({ onUnhandledRequest: "error" }));
beforeEach(() => {
  forgetSession();
  vi.spyOn(window, "scrollTo").mockImplementation(() => {});
  Element.prototype.scrollIntoView = () => {}; // jsdom draws nothing and has none
  // jsdom opens no dialogs and no popovers.
  HTMLDialogElement.prototype.showModal = opened;
  HTMLElement.prototype.hidePopover = () => {};
});
afterEach(() => {
  server.resetHandlers();
  server.events.removeAllListeners();
});
afterAll(() => server.close());

function show(session: object, address = "/") {
  server.use(http.get("*/api/session", () => HttpResponse.json(session)));
  history.replaceState(null, "", address);
  render(
    <QueryClientProvider client={makeQueryClient()}>
      <App />
    </QueryClientProvider>,
  );
  return userEvent.setup();
}

/** What is hidden until a popover opens is found as well: jsdom does not open it. */
const hidden = { hidden: true };

function problem(status: number, kind: string, headers: Record<string, string> = {}) {
  const told = { type: `/problems/${kind}`, title: "No", status, detail: "not now" };
  return HttpResponse.json(told, { status, headers });
}

function listed(one: object) {
  const facts = { description: "", followers: 0, owner: "Ada", own: true, artwork: null };
  return { ...facts, tracks: 30, unreadable: null, made_here: false, ...one };
}

/** From now on the listener has these playlists on Spotify. */
function owning(items: object[]): void {
  server.use(
    http.get("*/api/playlists", ({ request }) => {
      if (new URL(request.url).searchParams.get("source") === "catalog") return undefined;
      return HttpResponse.json({
        items,
        total: items.length,
        limit: 8,
        offset: 0,
        source: "spotify",
      });
    }),
  );
}

/** The orders to save that are sent from now on. */
function orders(answer: (body: object) => Response | Promise<Response>): object[] {
  const sent: object[] = [];
  server.use(
    http.post("*/api/playlists", async ({ request }) => {
      const body = (await request.json()) as object;
      sent.push(body);
      return answer(body);
    }),
  );
  return sent;
}

const saved = (body: object) => {
  const { name, track_ids } = body as { name: string; track_ids: string[] };
  const url = "https://open.spotify.com/playlist/new";
  return HttpResponse.json({ id: "new", name, songs: track_ids.length, url }, { status: 201 });
};

async function openFirst(session: object) {
  const user = show(session);
  const [first] = await screen.findAllByRole("button", { name: /^Open (?!recipe)/ });
  if (first === undefined) throw new Error("no playlist is shown");
  await user.click(first);
  return user;
}

async function makeList(session: object) {
  const user = await openFirst(session);
  await user.click(await screen.findByRole("button", { name: "Generate" }));
  await screen.findByRole("list", { name: "Recommended songs" });
  return user;
}

test("a guest is offered a login that comes back to where they are", async () => {
  show(GUEST);
  const link = await screen.findByRole("link", { name: "Log in with Spotify" });
  expect(link.getAttribute("href")).toBe("/login?next=%2F");
});

test("a stand-in is called one", async () => {
  show({ ...GUEST, login: "demo" });
  await screen.findByRole("link", { name: "Log in as a demo listener" });
  expect(screen.getByText(/At a stand-in for Spotify/)).toBeTruthy();
});

test("where nobody can log in, the way to set it up is shown and nothing can be saved", async () => {
  await makeList({ ...GUEST, login: null });
  expect(screen.queryByRole("button", { name: "Save to Spotify" })).toBeNull();
  cleanup();
  show({ ...GUEST, login: null });
  expect((await screen.findByRole("link", { name: "set up Spotify" })).getAttribute("href")).toBe(
    "/setup",
  );
});

test.each([
  ["denied", /^You said no/],
  ["failed", /did not come to its end/],
  ["misconfigured", /does not know this server/],
  ["not-listed", /does not let your account/],
  ["unavailable", /^Spotify does not answer/],
])("that a login was %s is said once, and goes from the address", async (reason, words) => {
  show(GUEST, `/?login=${reason}&then=save`);
  expect(await screen.findByText(words)).toBeTruthy();
  expect(location.search).toBe("");
  cleanup();
  show(GUEST, location.pathname + location.search);
  await screen.findByText(/Take your playlist apart/);
  expect(screen.queryByText(words)).toBeNull();
});

test("an address that makes a reason up says nothing", async () => {
  show(GUEST, "/?login=constructor");
  await screen.findByText(/Take your playlist apart/);
  expect(screen.queryByRole("button", { name: "Close" })).toBeNull();
});

test("own playlists are listed, with why some cannot be read; ready ones are a press away", async () => {
  owning([
    listed({ id: "liked", name: "Liked songs", unreadable: "scope" }),
    listed({ id: "a", name: "Mine" }),
    listed({ id: "b", name: "Theirs", own: false, owner: "Ben", unreadable: "followed" }),
  ]);
  const user = show(ADA);
  await screen.findByRole("button", { name: "Open Mine" });
  expect(screen.queryByRole("button", { name: "Open Theirs" })).toBeNull();
  expect(screen.getByText(/^30 songs, by Ben. Spotify lets only its owner/)).toBeTruthy();
  const ask = screen.getByRole("link", { name: "Allow reading of Liked songs" });
  expect(ask.getAttribute("href")).toBe("/login?next=%2F&scope=known");
  await user.click(await screen.findByRole("button", { name: "Ready playlists" }));
  await screen.findByText("These songs are made up.");
  await user.click(screen.getByRole("button", { name: "Your playlists" }));
  await screen.findByRole("button", { name: "Open Mine" });
});

test("a login that ended is said kindly, and the page goes on as a guest's", async () => {
  server.use(
    http.get("*/api/playlists", () => problem(401, "spotify-login-ended"), { once: true }),
  );
  show(ADA);
  await screen.findByText("Your Spotify login has ended");
  expect(screen.getByRole("link", { name: "Log in again" }).getAttribute("href")).toBe(
    "/login?next=%2F",
  );
});

test("log out leaves a guest", async () => {
  owning([listed({ id: "a", name: "Mine" })]);
  const user = show(ADA);
  await screen.findByRole("button", { name: "Account: Ada" });
  server.resetHandlers();
  server.use(http.get("*/api/session", () => HttpResponse.json(GUEST)));
  await user.click(screen.getByRole("button", { name: "Log out", ...hidden }));
  await screen.findByRole("link", { name: "Log in with Spotify" });
  await screen.findByText("Or start from a ready playlist");
});

test("a recipe from a playlist that only a login reads offers one", async () => {
  server.use(http.post("*/api/profiles", () => problem(404, "not-found")));
  await openFirst(GUEST);
  const alert = within(await screen.findByRole("alert"));
  expect(alert.getByRole("link", { name: "Log in" }).getAttribute("href")).toBe(
    "/login?next=%2Ftune",
  );
});

test("everything is deleted only when it was said what goes", async () => {
  const asked: string[] = [];
  server.events.on("request:start", ({ request }) => void asked.push(request.method));
  const user = show(ADA);
  await screen.findByRole("button", { name: "Account: Ada" });
  await user.click(screen.getByRole("button", { name: /^Delete everything/, ...hidden }));
  const dialog = within(await screen.findByRole("dialog", { name: "Delete everything?" }));
  expect(dialog.getByText(/^your account here/)).toBeTruthy();
  await user.click(dialog.getByRole("button", { name: "Keep it" }));
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(asked).not.toContain("DELETE");
});

test("saving asks for its scope when it is needed, and comes back to the dialog", async () => {
  const user = await makeList({ ...ADA, login: "demo" });
  await user.click(screen.getByRole("button", { name: "Save to Spotify" }));
  const link = await screen.findByRole("link", { name: "Allow saving" });
  expect(link.getAttribute("href")).toBe("/login?next=%2Ftune%3Fthen%3Dsave&scope=save");
});

test("a second press saves nothing twice; the saved playlist can be opened", async () => {
  const sent = orders(async (body) => {
    await delay(50);
    return saved(body);
  });
  const user = await makeList({ ...ADA, login: "demo", scopes: SAVE });
  await user.click(screen.getByRole("button", { name: "Save to Spotify" }));
  await user.clear(await screen.findByRole("textbox", { name: "Name" }));
  await user.type(screen.getByRole("textbox", { name: "Name" }), "Mine, further");
  await user.dblClick(screen.getByRole("button", { name: "Save 2 songs" }));
  await screen.findByText(/Saved as/);
  expect(sent).toMatchObject([
    { name: "Mine, further", mode: "create", public: false, playlist_id: null },
  ]);
  expect((sent[0] as { link: string }).link).toMatch(/^\/\?recipe=/);
  expect(screen.getByRole("link", { name: "Open in Spotify" }).getAttribute("href")).toBe(
    "https://open.spotify.com/playlist/new",
  );
  expect(sessionStorage.getItem("spotai.order.1")).toBeNull();
});

test("what was cut is asked for again under its key, also after a login", async () => {
  const session = { ...ADA, login: "demo", scopes: SAVE };
  const sent = orders(() => {
    server.use(http.get("*/api/session", () => HttpResponse.json({ ...GUEST, login: "demo" })));
    return problem(401, "spotify-login-ended");
  });
  const user = await makeList(session);
  await user.click(screen.getByRole("button", { name: "Save to Spotify" }));
  await user.click(await screen.findByRole("button", { name: "Save 2 songs" }));
  await screen.findByText("Your Spotify login has ended");
  await screen.findByRole("button", { name: "Account" });
  expect(screen.getByText("Your Spotify login has ended")).toBeTruthy();
  cleanup();
  forgetSession();
  const again = orders(saved);
  const other = show(session, "/tune?then=save");
  await other.click(await screen.findByRole("button", { name: "Go on saving" }));
  await screen.findByText(/Saved as/);
  expect(again).toEqual(sent);
  expect(location.search).toBe("");
});

test("a pause that Spotify asks for counts down, and the same is asked for again", async () => {
  let refused = false;
  const sent = orders((body) => {
    if (refused) return saved(body);
    refused = true;
    return problem(503, "spotify-limited", { "Retry-After": "1" });
  });
  const user = await makeList({ ...ADA, login: "demo", scopes: SAVE });
  await user.click(screen.getByRole("button", { name: "Save to Spotify" }));
  await user.click(await screen.findByRole("button", { name: "Save 2 songs" }));
  await screen.findByText(/^Asking again in/);
  await screen.findByText(/Saved as/);
  expect(sent).toHaveLength(2);
  expect(sent[1]).toEqual(sent[0]);
});

test("where Spotify refuses, links and files are offered", async () => {
  orders(() => problem(403, "spotify-refused"));
  const user = await makeList({ ...ADA, login: "demo", scopes: SAVE });
  await user.click(screen.getByRole("button", { name: "Save to Spotify" }));
  await user.click(await screen.findByRole("button", { name: "Save 2 songs" }));
  await screen.findByText("Or take the list along");
  const dialog = within(screen.getByRole("dialog"));
  for (const name of ["Copy links", "Download CSV", "Download JSPF"]) {
    expect(dialog.getByRole("button", { name })).toBeTruthy();
  }
});

test("what cannot be taken can be changed, and is another order then", async () => {
  const sent = orders(() => problem(422, "invalid-input"));
  const user = await makeList({ ...ADA, login: "demo", scopes: SAVE });
  await user.click(screen.getByRole("button", { name: "Save to Spotify" }));
  await user.click(await screen.findByRole("button", { name: "Save 2 songs" }));
  await screen.findByText("Not now");
  await user.type(screen.getByRole("textbox", { name: "Name" }), "!");
  await user.click(screen.getByRole("button", { name: "Save 2 songs" }));
  await vi.waitFor(() => expect(sent).toHaveLength(2));
  const [first, second] = sent as [{ key: string }, { key: string }];
  expect(first.key).not.toBe(second.key);
});

test("only what was saved from here is offered to be replaced", async () => {
  const sent = orders(saved);
  const user = await makeList({ ...ADA, login: "demo", scopes: SAVE });
  owning([listed({ id: "a", name: "Mine" }), listed({ id: "b", name: "Made", made_here: true })]);
  await user.click(screen.getByRole("button", { name: "Save to Spotify" }));
  await user.click(await screen.findByRole("radio", { name: "Add to one" }));
  const box = await screen.findByRole("combobox", { name: "Playlist to add to" });
  expect(within(box).getAllByRole("option")).toHaveLength(2);
  await user.click(screen.getByRole("radio", { name: "Replace one" }));
  const options = within(
    screen.getByRole("combobox", { name: "Playlist saved from here" }),
  ).getAllByRole("option");
  expect(options.map((option) => option.textContent)).toEqual(["Made (30 songs)"]);
  await user.click(screen.getByRole("button", { name: "Save 2 songs" }));
  await screen.findByText(/Saved as/);
  expect(sent).toMatchObject([{ mode: "replace", playlist_id: "b" }]);
});

test("made-up songs are not sent to Spotify", async () => {
  const user = await makeList({ ...ADA, scopes: SAVE });
  await user.click(screen.getByRole("button", { name: "Save to Spotify" }));
  await screen.findByText(/^Made-up songs are not on Spotify/);
  expect(screen.queryByRole("button", { name: /^Save 2/ })).toBeNull();
});

test("known songs are asked of Spotify only when they are left out", async () => {
  let asked = 0;
  const known = { complete: false, songs: 0, done: 40, total: 100, lacks: [], problem: null };
  server.use(
    http.get("*/api/known", () => {
      asked += 1;
      const spotify = asked < 2 ? known : { ...known, complete: true, songs: 7, lacks: ["top"] };
      return HttpResponse.json({ songs: 0, spotify });
    }),
  );
  const user = await makeList(ADA);
  expect(asked).toBe(0);
  await user.click(screen.getByRole("checkbox", { name: "Leave out songs I know" }));
  const bar = await screen.findByRole("progressbar", { name: "Songs you know" });
  expect(bar.getAttribute("aria-valuenow")).toBe("40");
  await screen.findByText(/^7 songs of the catalog are known by Spotify: from your playlists\./);
  const more = screen.getByRole("link", { name: /^Leave out your liked songs/ });
  expect(more.getAttribute("href")).toBe("/login?next=%2Ftune&scope=known");
});

test("the setup page has the steps of the documents, and the address to paste", async () => {
  const text = readFileSync(
    resolve(import.meta.dirname, "../../../docs/spotify-setup.md"),
    "utf-8",
  );
  const steps = [...text.matchAll(/^\d\. \*\*(.+?)\*\*/gm)].map((match) => match[1]);
  expect(steps).toHaveLength(6);
  const user = show(GUEST, "/setup");
  await screen.findByText("Paste the redirect URI.");
  const titles = screen.getAllByRole("heading", { level: 2 }).map((title) => title.textContent);
  expect(titles).toEqual(steps);
  await user.click(screen.getByRole("button", { name: "Copy" }));
  expect(await navigator.clipboard.readText()).toMatch(/\/callback$/);
});
