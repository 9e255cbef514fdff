import { QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { delay, http, HttpResponse } from "msw";
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
  Element.prototype.scrollIntoView = () => {}; // jsdom draws nothing and has none
});
afterEach(() => {
  server.resetHandlers();
  server.events.removeAllListeners();
});
afterAll(() => server.close());

function show() {
  render(
    <QueryClientProvider client={makeQueryClient()}>
      <App />
    </QueryClientProvider>,
  );
  return userEvent.setup();
}

async function open() {
  const user = show();
  const [first] = await screen.findAllByRole("button", { name: /^Open (?!recipe)/ });
  if (first === undefined) throw new Error("no playlist is shown");
  await user.click(first);
  await screen.findByText("What makes this playlist");
  return user;
}

test("every playlist of the answer can be opened", async () => {
  show();
  expect(await screen.findAllByRole("button", { name: /^Open (?!recipe)/ })).toHaveLength(3);
  expect(screen.getByText("These songs are made up.")).toBeTruthy();
});

/** The recipes that are sent from now on, the newest last. */
function recipes(): object[] {
  const sent: object[] = [];
  server.events.on("request:start", async ({ request }) => {
    if (!request.url.endsWith("/api/recommendations")) return;
    sent.push((await request.clone().json()) as object);
  });
  return sent;
}

/** What the description of the server gives as the answer of a call. */
async function example(path: string): Promise<object> {
  const answer = await fetch(`http://localhost${path}`, { method: "POST" });
  return (await answer.json()) as object;
}

test("an open playlist can be changed and gives a list", async () => {
  const user = await open();
  const sent = recipes();
  const [tick] = screen.getAllByRole("checkbox", { name: /^Use / });
  if (tick === undefined) throw new Error("no feature is shown");
  const feature = tick.closest("[data-feature]")?.getAttribute("data-feature") ?? "";
  const ticked = (tick as HTMLInputElement).checked;
  await user.click(tick);
  expect((tick as HTMLInputElement).checked).toBe(!ticked);
  await user.click(screen.getByRole("button", { name: "Generate" }));
  const songs = within(await screen.findByRole("list", { name: "Recommended songs" }));
  const [why] = songs.getAllByRole("button", { name: /^Why / });
  if (why === undefined) throw new Error("no song is shown");
  await user.click(why);
  expect(songs.getAllByText(/^(for|against) it: /).length).toBeGreaterThan(0);
  expect(songs.getByText(/^Beside .*, the nearest of your songs: ./)).toBeTruthy();
  expect(songs.getByText(/^Match: \d+% of the way from a typical song/)).toBeTruthy();
  expect(sent).toMatchObject([{ features: { [feature]: { selected: !ticked } }, size: 30 }]);
});

test("what of the recipe changed nothing is said above the list", async () => {
  const user = await open();
  await user.click(screen.getByRole("button", { name: "Generate" }));
  await screen.findByRole("list", { name: "Recommended songs" });
  expect(screen.queryByRole("list", { name: "What changed nothing" })).toBeNull();
  const note = "Contrast changes nothing: all that counts has an aim of its own.";
  const answer = { ...(await example("/api/recommendations")), notes: [note] };
  server.use(http.post("*/api/recommendations", () => HttpResponse.json(answer)));
  await user.keyboard("{Control>}{Enter}{/Control}");
  const notes = within(await screen.findByRole("list", { name: "What changed nothing" }));
  expect(notes.getByText(note)).toBeTruthy();
});

test("a limit from the box is in the recipe, nonsense is not", async () => {
  const user = await open();
  const sent = recipes();
  const box = screen.getByRole<HTMLInputElement>("textbox", { name: "Energy from" });
  await user.type(box, "nonsense{Enter}");
  expect(box.getAttribute("aria-invalid")).toBe("true");
  await user.keyboard("{Escape}");
  expect(box.value).toBe("");
  await user.type(box, "0.25{Enter}");
  await user.click(screen.getByRole("button", { name: "Generate" }));
  await screen.findByRole("list", { name: "Recommended songs" });
  expect(sent).toMatchObject([{ features: { energy: { min: 0.25 } } }]);
});

test("a value taken by Enter is undone with Ctrl+Z; one being written keeps its own undo", async () => {
  const user = await open();
  const box = screen.getByRole<HTMLInputElement>("textbox", { name: "Energy from" });
  await user.type(box, "0.25{Enter}");
  await user.keyboard("{Control>}z{/Control}");
  expect(box.value).toBe("");
  await user.keyboard("{Control>}{Shift>}z{/Shift}{/Control}");
  expect(box.value).toBe("0.25");
  await user.type(box, "9");
  await user.keyboard("{Control>}z{/Control}");
  await user.keyboard("{Escape}");
  expect(box.value).toBe("0.25");
});

test("undo ends at the opening of the first playlist: recipe and focus stay", async () => {
  const user = await open();
  const [tick] = screen.getAllByRole<HTMLInputElement>("checkbox", { name: /^Use / });
  if (tick === undefined) throw new Error("no feature is shown");
  const ticked = tick.checked;
  await user.click(tick);
  const undo = screen.getByRole("button", { name: "Undo" });
  for (let press = 0; press < 3; press += 1) await user.click(undo);
  expect(tick.checked).toBe(ticked);
  expect(undo.getAttribute("aria-disabled")).toBe("true");
  expect(document.activeElement).toBe(undo);
  expect(sessionStorage.getItem("spotai.recipe.1")).not.toBeNull();
  await user.click(screen.getByRole("button", { name: "Redo" }));
  expect(tick.checked).toBe(!ticked);
});

test("a list that cannot be made leaves the last one", async () => {
  const user = await open();
  await user.click(screen.getByRole("button", { name: "Generate" }));
  await screen.findByRole("list", { name: "Recommended songs" });
  server.use(http.post("*/api/recommendations", () => HttpResponse.error()));
  await user.keyboard("{Control>}{Enter}{/Control}");
  await screen.findByText("SpotAI does not answer");
  expect(screen.getByRole("list", { name: "Recommended songs" })).toBeTruthy();
});

test("what fails the profile and the list alike is said once", async () => {
  const user = await open();
  cleanup();
  server.use(http.post("*/api/*", () => HttpResponse.error()));
  show();
  await screen.findByText("SpotAI does not answer");
  await user.click(screen.getByRole("button", { name: "Generate" }));
  const songs = within(screen.getByRole("region", { name: "Songs" }));
  await songs.findByText("SpotAI does not answer");
  expect(screen.getAllByRole("alert")).toHaveLength(1);
  server.resetHandlers();
  await user.click(songs.getByRole("button", { name: "Try again" }));
  await screen.findByText("What makes this playlist");
  await screen.findByRole("list", { name: "Recommended songs" });
  expect(screen.queryByRole("alert")).toBeNull();
});

test("too many requests count down once, and all that waited comes by itself", async () => {
  const user = await open();
  cleanup();
  const body = { type: "/problems/too-many-requests", title: "Too many requests", detail: "Wait." };
  const refuse = () => HttpResponse.json(body, { status: 429, headers: { "Retry-After": "2" } });
  server.use(http.post("*/api/*", refuse));
  show();
  await screen.findByText("Too many requests");
  await user.click(screen.getByRole("button", { name: "Generate" }));
  const songs = within(screen.getByRole("region", { name: "Songs" }));
  await songs.findByText(/^Asking again in/);
  expect(screen.getAllByText(/^Asking again in/)).toHaveLength(1);
  server.resetHandlers();
  await screen.findByRole("list", { name: "Recommended songs" });
  await screen.findByText("What makes this playlist");
  expect(screen.queryByRole("alert")).toBeNull();
});

test("a kept list that cannot be shown yet is not said to be missing", async () => {
  const user = await open();
  await user.click(screen.getByRole("button", { name: "Generate" }));
  await screen.findByRole("list", { name: "Recommended songs" });
  cleanup();
  server.use(
    http.get("*/api/features", () => delay("infinite"), { once: true }),
    http.post("*/api/profiles", () => HttpResponse.error()),
  );
  show();
  expect(screen.getByText("Loading the songs")).toBeTruthy();
  await screen.findByText("SpotAI does not answer");
  expect(screen.queryByText("No list yet")).toBeNull();
});

test("that links were copied is not said of the next list", async () => {
  const user = await open();
  await user.click(screen.getByRole("button", { name: "Generate" }));
  await screen.findByRole("list", { name: "Recommended songs" });
  await user.click(screen.getByRole("button", { name: "Copy links" }));
  await screen.findByText(/^(Links copied|Copied; )/);
  await user.click(screen.getByRole("button", { name: "Generate" }));
  await vi.waitFor(() => expect(screen.queryByText(/^(Links copied|Copied; )/)).toBeNull());
});

test("a closed row says what was changed in it, also after a reload", async () => {
  const user = await open();
  const head = screen.getByRole("button", { name: /^Tempo/ });
  if (head.getAttribute("aria-expanded") === "false") await user.click(head);
  await user.type(screen.getByRole("textbox", { name: "Tempo from" }), "120{Enter}");
  const aim = screen.getByRole("textbox", { name: "Tempo aim" });
  await user.clear(aim);
  await user.type(aim, "140{Enter}");
  const words = "from 120 BPM · aim 140 BPM";
  expect(screen.queryByText(words)).toBeNull();
  await user.click(head);
  expect(screen.getByText(words)).toBeTruthy();
  const described = head.getAttribute("aria-describedby") ?? "";
  expect(document.getElementById(described)?.textContent).toBe(words);
  cleanup();
  show();
  const again = await screen.findByRole("button", { name: /^Tempo/ });
  if (again.getAttribute("aria-expanded") === "true") await user.click(again);
  expect(screen.getByText(words)).toBeTruthy();
});

test("a tick that is taken away and set again is no edit", async () => {
  const user = await open();
  const sent = recipes();
  const [tick] = screen.getAllByRole("checkbox", { name: /^Use / });
  const row = tick?.closest<HTMLElement>("[data-feature]");
  if (!tick || !row) throw new Error("no feature is shown");
  await user.click(within(row).getByRole("button", { expanded: true }));
  await user.click(tick);
  expect(within(row).getByText(/ticked by you/)).toBeTruthy();
  await user.click(tick);
  expect(within(row).queryByText(/ticked by you/)).toBeNull();
  await user.click(screen.getByRole("button", { name: "Generate" }));
  await screen.findByRole("list", { name: "Recommended songs" });
  expect(sent).toMatchObject([{ features: {} }]);
  expect(Object.keys((sent[0] as { features: object }).features)).toEqual([]);
});

test("the legend has each look of an aim", async () => {
  await open();
  for (const [words, look] of [
    ["its aim", "bg-playlist"],
    ["your aim", "bg-accent"],
  ] as const) {
    expect(screen.getByText(words).querySelector("span")?.className).toContain(look);
  }
});
