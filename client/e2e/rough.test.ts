import type { Page } from "playwright-core";
import { expect } from "vitest";
import { test } from "./browser";

const LONG = "Zusammengehörigkeitsgefühl".repeat(12);
const TITLES = [
  "أغنية طويلة جدا (Live) عن الليل",
  "夜に駆ける夜に駆ける夜に駆ける夜に駆ける",
  LONG,
  "",
];

async function openPlaylist(page: Page): Promise<void> {
  await page.goto("/");
  await page.getByRole("button", { name: "Open Deep Focus" }).click();
  await page.getByRole("status").filter({ hasText: "songs match" }).waitFor();
}

const songsOf = (page: Page) =>
  page.getByRole("list", { name: "Recommended songs" }).locator("> li");

test("Generate pressed twice, by mouse and by keys, asks once", async ({ open }) => {
  const { page } = await open();
  await openPlaylist(page);
  let asked = 0;
  await page.route("**/api/recommendations", async (route) => {
    asked += 1;
    await new Promise((resolve) => setTimeout(resolve, 500));
    await route.continue();
  });
  await page.getByRole("button", { name: "Generate" }).dblclick();
  await page.keyboard.press("Control+Enter");
  await songsOf(page).first().waitFor();
  expect(asked).toBe(1);
});

test("fast edits count once they stand still, and the last one counts", async ({ open }) => {
  const { page } = await open();
  await openPlaylist(page);
  let asked = 0;
  page.on("request", (request) => (asked += request.url().endsWith("/api/matches") ? 1 : 0));
  const low = page.locator("[data-feature=energy]").getByRole("slider", { name: /at least$/ });
  await low.focus();
  for (let step = 0; step < 30; step += 1) await page.keyboard.press("ArrowRight");
  const count = page.getByRole("status").filter({ hasText: "songs match" });
  await page.locator("[aria-busy=true]").waitFor({ state: "detached" });
  const shown = await count.textContent();
  expect(asked).toBeLessThan(10);
  await page.reload();
  await expect.poll(() => count.textContent()).toMatch(/\d/);
  expect(await count.textContent()).toBe(shown);
});

test("undo after Generate keeps the list and says that it is older", async ({ open }) => {
  const { page } = await open();
  await openPlaylist(page);
  await page.locator("[data-feature=energy]").getByRole("checkbox").click();
  await page.getByRole("button", { name: "Generate" }).click();
  await songsOf(page).nth(29).waitFor();
  await page.keyboard.press("Control+z");
  await page.getByText("made before your last changes").waitFor();
  await page.keyboard.press("Control+Shift+Z");
  await page.getByText("made before your last changes").waitFor({ state: "detached" });
});

test("back and forward come to the same list; on the first page nothing is undone", async ({
  open,
}) => {
  const { page } = await open();
  await openPlaylist(page);
  const box = page.locator("[data-feature=energy]").getByRole("checkbox");
  const ticked = await box.isChecked();
  await box.click();
  await page.getByRole("button", { name: "Generate" }).click();
  const first = await songsOf(page).first().textContent();
  await page.goBack();
  await page.getByText("Your recipe from").waitFor();
  await page.keyboard.press("Control+z");
  await page.goForward();
  expect(await songsOf(page).first().textContent()).toBe(first);
  expect(await box.isChecked()).toBe(!ticked);
});

test("two tabs that begin together have a recipe each", async ({ open }) => {
  const { page } = await open();
  const other = await page.context().newPage();
  const refused: string[] = [];
  page.context().on("response", (answer) => {
    if (answer.status() >= 400) refused.push(`${answer.status()} ${answer.url()}`);
  });
  // Held until both tabs have asked, should they ask at once: each would be given a session.
  const held: (() => void)[] = [];
  await page.context().route("**/api/session", async (route) => {
    await new Promise<void>((go) => {
      held.push(go);
      setTimeout(go, 1_000);
      if (held.length === 2) for (const each of held) each();
    });
    await route.continue();
  });
  await Promise.all([openPlaylist(page), openPlaylist(other)]);
  await page.locator("[data-feature=energy]").getByRole("checkbox").click();
  for (const tab of [page, other]) {
    await tab.getByRole("button", { name: "Generate" }).click();
    await songsOf(tab).nth(29).waitFor();
    expect(await tab.getByRole("alert").count()).toBe(0);
  }
  const ticks = [page, other].map((tab) =>
    tab.locator("[data-feature=energy]").getByRole("checkbox").isChecked(),
  );
  const [one, two] = await Promise.all(ticks);
  expect(one).toBe(!two);
  expect(refused).toEqual([]);
});

test.for([
  { width: 1280, height: 800, colorScheme: "light" },
  { width: 390, height: 844, colorScheme: "dark" },
] as const)(
  "long, Arabic and Japanese titles at $width px",
  async ({ width, height, colorScheme }, { open }) => {
    const { page, look } = await open({ viewport: { width, height }, colorScheme });
    await page.route("**/api/recommendations", async (route) => {
      const answer = await route.fetch();
      const body = (await answer.json()) as { tracks: { name: string; artists: object[] }[] };
      body.tracks = body.tracks.slice(0, TITLES.length).map((song, place) => ({
        ...song,
        name: TITLES[place] ?? "",
        artists: [{ id: "a", name: TITLES[(place + 1) % TITLES.length] }],
      }));
      await route.fulfill({ response: answer, json: body });
    });
    await page.route("**/api/playlists?*", async (route) => {
      const answer = await route.fetch();
      const body = (await answer.json()) as { items: { name: string }[] };
      body.items.forEach((item, place) => (item.name = TITLES[place] ?? item.name));
      await route.fulfill({ response: answer, json: body });
    });
    await page.goto("/");
    await page.getByRole("button", { name: `Open ${LONG}` }).waitFor();
    await look(`titles-home-${colorScheme}`);
    await page.getByRole("button", { name: `Open ${LONG}` }).click();
    await page.getByRole("button", { name: "Generate" }).click();
    await songsOf(page).nth(3).waitFor();
    await songsOf(page).nth(2).getByRole("button", { name: /^Play/ }).click();
    await look(`titles-${colorScheme}`);
    await page.getByRole("link", { name: "SpotAI" }).click();
    const kept = page.getByText("Your recipe from");
    await kept.waitFor();
    const cut = await kept.evaluate((words) => words.scrollHeight - words.clientHeight);
    expect(cut, "the end of what is said is in sight").toBeLessThanOrEqual(0);
    await look(`titles-kept-${colorScheme}`);
  },
);

test("a list of 500 songs comes in two seconds and answers at once", async ({ open }) => {
  const { page } = await open();
  await openPlaylist(page);
  const size = page.getByLabel("Songs in the list, 1 to 500");
  await size.fill("501");
  await size.press("Enter");
  await page.getByText("A whole number from 1 to 500").waitFor();
  await size.fill("500");
  await size.press("Enter");
  await page.getByRole("button", { name: "Generate" }).click();
  const answered = await page.waitForResponse("**/api/recommendations");
  await answered.finished();
  const began = Date.now();
  await songsOf(page).nth(499).waitFor();
  expect(Date.now() - began).toBeLessThan(2000);
  const why = page.getByRole("button", { name: /^Why/ }).last();
  await why.click();
  await page
    .getByText(/^(for|against) it: /)
    .first()
    .waitFor();
});
