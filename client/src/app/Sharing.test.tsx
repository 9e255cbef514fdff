import { QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { makeQueryClient } from "@/api/client";
import { App } from "./App";
import { handlersOfSpec } from "./spec";

const server = setupServer(...handlersOfSpec());
beforeAll(() => server.listen({ onUnhandledRequest: "error" }));
beforeEach(() => {
  history.replaceState(null, "", "/");
  vi.spyOn(window, "scrollTo").mockImplementation(() => {});
});
afterEach(() => {
  server.resetHandlers();
  server.events.removeAllListeners();
});
afterAll(() => server.close());

function show(address = "/") {
  history.replaceState(null, "", address);
  render(
    <QueryClientProvider client={makeQueryClient()}>
      <App />
    </QueryClientProvider>,
  );
  return userEvent.setup();
}

async function openPlaylist() {
  const user = show();
  const [first] = await screen.findAllByRole("button", { name: /^Open (?!recipe)/ });
  if (first === undefined) throw new Error("no playlist is shown");
  await user.click(first);
  await screen.findByText("What makes this playlist");
  return user;
}

/** What is sent from now on to an address, the newest last. */
function sentTo(path: string): object[] {
  const sent: object[] = [];
  server.events.on("request:start", async ({ request }) => {
    if (!request.url.endsWith(path) || request.method !== "POST") return;
    sent.push((await request.clone().json()) as object);
  });
  return sent;
}

function refuse(status: number, kind: string, detail: string) {
  const told = { type: `/problems/${kind}`, title: "No", status, detail };
  return HttpResponse.json(told, { status });
}

test("a link opens its recipe, with its edits", async () => {
  show("/?recipe=1.code");
  await screen.findByText("What makes this playlist");
  expect(screen.getByRole("heading", { level: 1 }).textContent).toBe("Your own aims");
  expect(location.pathname + location.search).toBe("/tune");
  expect(sessionStorage.getItem("spotai.recipe.1")).toContain('"tempo":{"target":128}');
});

test("a link that cannot be opened says why and leads to the start", async () => {
  const why = "this link was made by a newer SpotAI";
  server.use(http.get("*/api/recipes/2.code", () => refuse(422, "invalid-recipe-link", why)));
  const user = show("/?recipe=2.code");
  await screen.findByText(/^This link was made by a newer SpotAI/);
  await user.click(screen.getByRole("button", { name: "Go to the start" }));
  await screen.findByText(/Take your playlist apart/);
  expect(location.search).toBe("");
});

test("a link of the recipe is copied", async () => {
  const user = await openPlaylist();
  const sent = sentTo("/api/links");
  await user.click(screen.getByRole("button", { name: "Copy link" }));
  await screen.findByText("Link copied");
  expect(await navigator.clipboard.readText()).toMatch(/^http:\/\/[^/]+\/\?recipe=1\./);
  expect(sent).toMatchObject([{ size: 30, features: {} }]);
});

test("where nothing may be copied the link is shown", async () => {
  const user = await openPlaylist();
  vi.spyOn(navigator.clipboard, "writeText").mockRejectedValue(new DOMException("no"));
  await user.click(screen.getByRole("button", { name: "Copy link" }));
  const link = await screen.findByRole<HTMLInputElement>("textbox", { name: /^Link to this/ });
  expect(link.value).toContain("/?recipe=1.");
});

test("a recipe too long for a link is saved, and told so", async () => {
  const user = await openPlaylist();
  server.use(http.post("*/api/links", () => refuse(422, "invalid-recipe", "too long")));
  const saved = sentTo("/api/recipes");
  await user.click(screen.getByRole("button", { name: "Copy link" }));
  await screen.findByText(/The recipe is saved too/);
  expect(saved).toHaveLength(1);
});

test("a recipe is saved under the name that was written", async () => {
  const user = await openPlaylist();
  const saved = sentTo("/api/recipes");
  await user.type(screen.getByRole("textbox", { name: "Save it as" }), "Night drive{Enter}");
  await screen.findByText(/^Saved as /);
  expect(saved).toMatchObject([{ name: "Night drive", recipe: { size: 30 } }]);
});

test("what is saved is listed on the first page, opened and deleted", async () => {
  const user = show();
  const remove = await screen.findByRole("button", { name: /^Delete recipe / });
  const gone = { items: [], total: 0, limit: 100, offset: 0 };
  server.use(http.get("*/api/recipes", () => HttpResponse.json(gone)));
  await user.click(remove);
  await vi.waitFor(() => expect(screen.queryByText("Saved recipes")).toBeNull());
});

test("known songs are left out, from a file of them", async () => {
  const user = await openPlaylist();
  const counted = sentTo("/api/matches");
  await user.click(screen.getByRole("checkbox", { name: "Leave out songs I know" }));
  await vi.waitFor(() => expect(counted).toMatchObject([{ variety: { familiar: "exclude" } }]));
  server.use(http.get("*/api/known", () => HttpResponse.json({ songs: 12 })));
  const file = new File(["spotify:track:x"], "known.txt");
  await user.upload(screen.getByLabelText(/^Add a file of songs you know/), file);
  await screen.findByText("12 known songs.");
  // They are others now.
  await vi.waitFor(() => expect(counted).toHaveLength(2));
  await user.click(screen.getByRole("button", { name: "Forget them" }));
  expect(document.activeElement?.getAttribute("type")).toBe("checkbox");
});
