import { execFileSync } from "node:child_process";
import { join } from "node:path";
import type { Route } from "playwright-core";
import { expect, inject } from "vitest";
import { test } from "./browser";
import { PYTHON } from "./server";
import { change, COUNT, LIST, loosen, matchNothing, openPlaylist, problem } from "./steps";

test("a server that cannot be reached is said once, and when it is back nothing is left of it", async ({
  open,
}) => {
  const { page, breaks, look } = await open();
  await openPlaylist(page);
  breaks();
  await page.route("**/api/**", (route) => route.abort("connectionrefused"));
  const kept = await change(page);
  await page.getByRole("alert").getByText("SpotAI does not answer").waitFor();
  await page.getByRole("button", { name: "Generate" }).click();
  const failure = page.getByRole("region", { name: "Songs" }).getByRole("alert");
  await failure.getByText("Your recipe is kept.").waitFor();
  expect(await page.getByRole("alert").count()).toBe(1);
  await look("unreachable");
  await kept();
  await page.unroute("**/api/**");
  await page.locator("[data-feature]").last().getByRole("checkbox").click();
  await expect.poll(() => page.getByRole("alert").count()).toBe(0);

  await page.route("**/api/**", (route) => route.abort("connectionrefused"));
  await page.reload();
  await page.getByRole("alert").getByText("SpotAI does not answer").waitFor();
  expect(await page.getByRole("alert").count()).toBe(1);
  await page.unroute("**/api/**");
  await page.getByRole("button", { name: "Try again" }).click();
  await expect.poll(() => page.getByRole("alert").count()).toBe(0);
  await kept();
  await page.getByRole("button", { name: "Generate" }).click();
  await page.getByRole("list", { name: "Recommended songs" }).waitFor();
});

test("without a recipe none is said to be kept", async ({ open }) => {
  const { page, breaks } = await open();
  breaks();
  await page.route("**/api/playlists?*", (route) => route.abort("connectionrefused"));
  await page.goto("/");
  await page.getByRole("alert").getByText("SpotAI does not answer").waitFor();
  expect(await page.getByText("Your recipe is kept.").count()).toBe(0);
});

test("a playlist that is gone is said once", async ({ open }) => {
  const { page, breaks } = await open();
  await openPlaylist(page);
  breaks();
  await page.evaluate(() => {
    const key = "spotai.recipe.1";
    const draft = JSON.parse(sessionStorage.getItem(key) ?? "{}") as object;
    sessionStorage.setItem(key, JSON.stringify({ ...draft, seed: { playlist_id: "gone" } }));
  });
  const counted = page.waitForResponse(COUNT);
  await page.reload();
  expect((await counted).status()).toBe(404);
  await page.getByRole("alert").waitFor();
  await page.getByText("not counted").waitFor();
  expect(await page.getByRole("alert").count()).toBe(1);
});

test("a list survives a reload, and another recipe does not take it for its own", async ({
  open,
}) => {
  const { page } = await open();
  await openPlaylist(page);
  await page.getByRole("button", { name: "Generate" }).click();
  const songs = page.getByRole("list", { name: "Recommended songs" });
  const before = await songs.innerText();
  await page.reload();
  await expect.poll(() => songs.innerText()).toBe(before);
  expect(await page.getByText("made before your last changes").count()).toBe(0);
  await change(page);
  await page.getByText("made before your last changes").waitFor();
  await page.reload();
  await page.getByText("made before your last changes").waitFor();
});

test.for([
  ["a page in HTML", { contentType: "text/html", body: "<h1>Log in</h1>" }],
  ["nothing", { contentType: "application/json", body: "" }],
  ["half of it", { contentType: "application/json", body: '{"tracks": [{"id"' }],
  ["an empty object", { contentType: "application/json", body: "{}" }],
] as const)("an answer that is %s is said in its place", async ([, answer], { open }) => {
  const { page } = await open();
  await openPlaylist(page);
  await page.route(LIST, (route) => route.fulfill(answer));
  const kept = await change(page);
  await page.getByRole("button", { name: "Generate" }).click();
  const failure = page.getByRole("region", { name: "Songs" }).getByRole("alert");
  await failure.getByText("The answer cannot be read").waitFor();
  await kept();
  await page.unroute(LIST);
  await failure.getByRole("button", { name: "Try again" }).click();
  await page.getByRole("list", { name: "Recommended songs" }).waitFor();
  await page.route("**/api/**", (route) => route.fulfill(answer));
  await page.reload();
  await page.getByRole("alert").getByText("The answer cannot be read").first().waitFor();
  // A call that goes out after its session could not be read has no token, and would be refused.
  await page.waitForLoadState("networkidle");
  await page.unroute("**/api/**");
  await page.getByRole("button", { name: "Try again" }).first().click();
  await expect.poll(() => page.getByRole("alert").count()).toBe(0);
  await kept();
});

test("a server whose database does not answer", async ({ open }) => {
  const { page, breaks, look } = await open({ viewport: { width: 390, height: 844 } });
  const dead = problem(503, "database-unavailable", "The database does not answer", 5);
  breaks();
  await page.route("**/api/playlists?*", (route) => route.fulfill(dead));
  await page.goto("/");
  await page.getByRole("alert").getByText("The database does not answer").waitFor();
  await page.unroute("**/api/playlists?*");
  await page.getByRole("button", { name: "Try again" }).click();
  await openPlaylist(page);

  await page.route(LIST, (route) => route.fulfill(dead));
  await page.route(COUNT, (route) => route.fulfill(dead));
  const kept = await change(page);
  await page.getByRole("button", { name: "Generate" }).click();
  const failure = page.getByRole("region", { name: "Songs" }).getByRole("alert");
  await failure.waitFor();
  expect(await page.getByRole("alert").count()).toBe(1);
  await expect.poll(() => failure.boundingBox().then((box) => box?.y ?? 844)).toBeLessThan(600);
  await look("database");
  await kept();
  await page.unroute(COUNT);
  await page.unroute(LIST);
  await page.getByRole("button", { name: "Try again" }).last().click();
  await page.getByRole("list", { name: "Recommended songs" }).waitFor();
  await page.reload();
  await kept();
});

test("too many requests: waits as long as the server says, and says so", async ({ open }) => {
  const { page, breaks, look } = await open();
  await openPlaylist(page);
  breaks();
  let asked = 0;
  await page.route(COUNT, (route) => {
    asked += 1;
    if (asked > 1) return route.continue();
    return route.fulfill(problem(429, "too-many-requests", "Too many requests", 2));
  });
  const kept = await change(page);
  await page.getByText("Asking again in").waitFor();
  const answered = page.waitForResponse((response) => response.url().endsWith("/api/matches"));
  await look("too-many");
  expect((await answered).status()).toBe(200);
  await page.getByRole("alert").waitFor({ state: "detached" });
  expect(asked).toBe(2);
  await kept();
});

test("too many lists: the seconds count down, then the list comes by itself", async ({ open }) => {
  const { page, breaks } = await open();
  await openPlaylist(page);
  breaks();
  const kept = await change(page);
  let asked = 0;
  await page.route(LIST, (route) => {
    asked += 1;
    if (asked > 1) return route.continue();
    return route.fulfill(problem(429, "too-many-requests", "Too many requests", 3));
  });
  await page.getByRole("button", { name: "Generate" }).click();
  const left = page.getByText("Asking again in").locator("[aria-hidden]");
  expect(await left.textContent()).toMatch(/^[23] s$/);
  await expect.poll(() => left.textContent(), { interval: 100, timeout: 5000 }).toBe("1 s");
  expect(asked).toBe(1);
  await page.getByRole("list", { name: "Recommended songs" }).waitFor();
  await kept();
  await page.reload();
  await kept();
});

test("a list that comes by itself leaves people where they write", async ({ open }) => {
  const { page, breaks } = await open();
  await openPlaylist(page);
  breaks();
  let asked = 0;
  const busy = (route: Route) => {
    asked += 1;
    // No wait at all is still a second.
    if (asked > 2) return route.continue();
    return route.fulfill(problem(429, "too-many-requests", "Too many requests", 0));
  };
  await page.route(LIST, busy);
  await page.getByRole("button", { name: "Generate" }).click();
  await page.getByText("Asking again in").waitFor();
  expect(await page.getByText("Try again in a moment.").count()).toBe(0);
  const box = page.locator("[data-feature]").first().getByRole("textbox").first();
  await box.focus();
  await page.keyboard.type("0.");
  const began = Date.now();
  await page.getByRole("list", { name: "Recommended songs" }).waitFor();
  expect(asked).toBe(3);
  expect(Date.now() - began).toBeGreaterThan(1000);
  expect(await box.evaluate((element) => element === document.activeElement)).toBe(true);
  expect(await box.inputValue()).toBe("0.");
});

test("a count and a list that are refused together are said once, and come by themselves", async ({
  open,
}) => {
  const { page, breaks } = await open();
  await openPlaylist(page);
  breaks();
  const busy = problem(429, "too-many-requests", "Too many requests", 2);
  for (const call of [COUNT, LIST]) {
    await page.route(call, (route) => route.fulfill(busy), { times: 1 });
  }
  await change(page);
  await page.getByText("not counted").waitFor();
  await page.getByRole("button", { name: "Generate" }).click();
  await page.getByRole("region", { name: "Songs" }).getByText("Asking again in").waitFor();
  expect(await page.getByRole("alert").count()).toBe(1);
  await page.getByRole("list", { name: "Recommended songs" }).waitFor();
  await page.getByRole("status").filter({ hasText: "songs match" }).waitFor();
  expect(await page.getByRole("alert").count()).toBe(0);
});

test("a countdown ends also when nothing matches any more", async ({ open }) => {
  const { page, breaks } = await open();
  await openPlaylist(page);
  breaks();
  await page.route(LIST, (route) =>
    route.fulfill(problem(429, "too-many-requests", "Too many requests", 4)),
  );
  await page.getByRole("button", { name: "Generate" }).click();
  await page.getByText("Asking again in").waitFor();
  await matchNothing(page);
  await page.getByText("No song matches").waitFor();
  await page.getByRole("alert").waitFor({ state: "detached" });
});

test("Generate right after nothing matched is not swallowed", async ({ open }) => {
  const { page } = await open();
  await openPlaylist(page);
  await matchNothing(page);
  await page.getByText("No song matches").waitFor();
  await page.route(COUNT, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 2000));
    await route.continue();
  });
  await loosen(page);
  await page.keyboard.press("Control+Enter");
  await page.getByRole("list", { name: "Recommended songs" }).waitFor();
});

test("a size that cannot be is said, and no list is made with another one", async ({ open }) => {
  const { page } = await open({ viewport: { width: 390, height: 844 } });
  await openPlaylist(page);
  let asked = 0;
  page.on("request", (request) => (asked += request.url().endsWith("/recommendations") ? 1 : 0));
  const size = page.getByLabel("Songs in the list, 1 to 500");
  const why = page.getByText("A whole number from 1 to 500");
  await size.fill("501");
  await page.keyboard.press("Control+Enter");
  await why.waitFor();
  await page.getByRole("button", { name: "Generate" }).click();
  expect(await size.evaluate((element) => element === document.activeElement)).toBe(true);
  const box = await why.boundingBox();
  expect((box?.y ?? 844) + (box?.height ?? 0)).toBeLessThan(844);
  expect(asked).toBe(0);
  await size.fill("3");
  await page.keyboard.press("Control+Enter");
  const songs = page.getByRole("list", { name: "Recommended songs" }).locator("> li");
  await songs.first().waitFor();
  expect(await songs.count()).toBe(3);
});

test("a session that is over is renewed without a word", async ({ open }) => {
  const { page, breaks } = await open();
  await openPlaylist(page);
  const kept = await change(page);
  breaks();
  const deleted = `import sqlite3, sys
with sqlite3.connect(sys.argv[1], timeout=10) as database:
    print(database.execute("DELETE FROM session").rowcount)`;
  const catalog = join(inject("demoFolder"), "spotai.sqlite3");
  const gone = execFileSync(PYTHON, ["-c", deleted, catalog], { encoding: "utf-8" });
  expect(Number(gone)).toBeGreaterThan(0);
  const statuses: number[] = [];
  page.on("response", (response) => {
    if (response.url().endsWith("/api/recommendations")) statuses.push(response.status());
  });
  await page.getByRole("button", { name: "Generate" }).click();
  await page.getByRole("list", { name: "Recommended songs" }).waitFor();
  expect(statuses).toEqual([401, 200]);
  expect(await page.getByRole("alert").count()).toBe(0);
  await kept();
});

test("a file of 50 MB is refused before it is sent", async ({ open }) => {
  const { page, look } = await open();
  await openPlaylist(page);
  const kept = await change(page);
  await page.getByRole("button", { name: "Change" }).click();
  let sent = 0;
  page.on("request", (request) => (sent += request.url().endsWith("/api/imports") ? 1 : 0));
  // Playwright hands over no more than 50 MB itself: the page makes the file.
  await page.getByLabel("Playlist file").evaluate((input: HTMLInputElement) => {
    const files = new DataTransfer();
    files.items.add(new File([new Uint8Array(50 * 2 ** 20)], "large.csv"));
    input.files = files.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
  const alert = page.getByRole("alert");
  await alert.getByText("large.csv has 50 MiB; a playlist file may have 10 MiB").waitFor();
  expect(sent).toBe(0);
  await look("too-large");
  await page.getByRole("button", { name: "Go on" }).click();
  await kept();
});

test("a playlist without known songs", async ({ open }) => {
  const { page, look } = await open();
  await openPlaylist(page);
  const kept = await change(page);
  await page.getByRole("button", { name: "Change" }).click();
  await page.getByLabel("Playlist file").setInputFiles({
    name: "strange.csv",
    mimeType: "text/csv",
    buffer: Buffer.from("track_id\n4uLU6hMCjMI75M1A2tKUQC\n7ouMYWpwJ422jRcDASZB7P\n"),
  });
  await page.getByText("None of these songs is in the catalog").waitFor();
  await page.getByText("Which were not recognised").click();
  await look("unknown");
  expect(await page.getByRole("button", { name: "Continue" }).isDisabled()).toBe(true);
  await page.getByRole("button", { name: "Go on" }).click();
  await kept();
});

test("the link of a playlist on a phone is told whole", async ({ open }) => {
  const { page, look } = await open({ viewport: { width: 390, height: 844 } });
  await page.goto("/");
  await page.getByText("Paste links instead").click();
  const link = `https://open.spotify.com/playlist/37i9dQZF1DXcBWIGoYBM5M?si=${"a".repeat(60)}`;
  await page.getByLabel(/^Spotify track links/).fill(link);
  await page.getByRole("button", { name: "Find these songs" }).click();
  await page.getByText("This is a playlist link").waitFor();
  await page.getByText("Which were not recognised").click();
  const box = page.getByRole("region", { name: "Start from songs" });
  const hidden = await box.evaluate((part) => part.scrollWidth - part.clientWidth);
  expect(hidden, "nothing runs out of the box").toBe(0);
  await look("playlist-link");
});

test("no matches: what can be loosened is offered, nothing is loosened by itself", async ({
  open,
}) => {
  const { page, look } = await open();
  await openPlaylist(page);
  await matchNothing(page);
  await page.getByText("No song matches").waitFor();
  // Between the two limits there is nothing yet either: the second is still being counted.
  const generate = page.getByRole("button", { name: "Generate" });
  await expect.poll(() => generate.isDisabled(), { timeout: 10_000 }).toBe(true);
  await look("none");
  await loosen(page);
  await page.getByText("No song matches").waitFor({ state: "detached" });
  await page.keyboard.press("Control+z");
  await page.getByText("No song matches").waitFor();
});

test("a made-up song has nothing to hear, and the page says so", async ({ open }) => {
  const { page, look } = await open({ viewport: { width: 390, height: 844 } });
  await openPlaylist(page);
  await page.getByRole("button", { name: "Generate" }).click();
  await page
    .getByRole("button", { name: /^Play / })
    .first()
    .click();
  await page.getByText("is made up: there is nothing to hear").waitFor();
  await look("made-up");
  await page.getByRole("button", { name: "Close the player" }).click();
  expect(await page.getByRole("region", { name: "Player" }).count()).toBe(0);
});

test("a wrong address", async ({ open }) => {
  const { page, breaks, look } = await open();
  breaks();
  await page.goto("/nowhere");
  await page.getByRole("heading", { name: "There is no such page" }).waitFor();
  await look("nowhere");
});
