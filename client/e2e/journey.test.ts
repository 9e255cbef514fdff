import { readFileSync } from "node:fs";
import type { Locator, Page } from "playwright-core";
import { describe, expect, inject } from "vitest";
import { focused, tabTo, test } from "./browser";
import { standInForSpotify } from "./spotify";
import { boxOf, drag } from "./steps";

const SIZES = [
  { width: 1280, height: 800 },
  { width: 390, height: 844 },
];
const LINK = /^https:\/\/open\.spotify\.com\/track\/[0-9A-Za-z]{22}$/;

/** Drop a file of this machine on an element, as a hand does. */
async function drop(page: Page, target: Locator, file: string): Promise<void> {
  const box = await boxOf(target);
  const session = await page.context().newCDPSession(page);
  const at = {
    x: box.x + box.width / 2,
    y: box.y + box.height / 2,
    data: { items: [], files: [file], dragOperationsMask: 1 },
  };
  for (const type of ["dragEnter", "dragOver", "drop"] as const) {
    await session.send("Input.dispatchDragEvent", { type, ...at });
  }
}

function parts(page: Page) {
  const rows = page.locator("[data-feature]");
  return {
    rows,
    count: page.getByRole("status").filter({ hasText: "songs match" }).locator("strong"),
    songs: page.getByRole("list", { name: "Recommended songs" }).locator("> li"),
    aim: (row: number) => rows.nth(row).getByRole("slider", { name: /: aim$/ }),
    low: (row: number) => rows.nth(row).getByRole("slider", { name: /: at least$/ }),
  };
}

async function copied(page: Page): Promise<string[]> {
  await page.getByText("Links copied").waitFor();
  const text = await page.evaluate(() => navigator.clipboard.readText());
  return text.trim().split("\n");
}

async function listOfRealSongs(page: Page): Promise<void> {
  await page.goto("/");
  await page.getByLabel("Playlist file").setInputFiles(inject("exportify"));
  await page.getByText("112 songs recognised").waitFor();
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("button", { name: "Generate" }).click();
  await parts(page).songs.nth(29).waitFor();
}

describe.skipIf(!inject("real")).each(SIZES)("real songs at $width px", (viewport) => {
  const options = {
    viewport,
    baseURL: inject("real"),
    acceptDownloads: true,
    permissions: ["clipboard-read", "clipboard-write"],
  };

  test("from a dropped Exportify file to songs with reasons, by mouse", async ({ open }) => {
    const { page, look } = await open(options);
    await standInForSpotify(page, { knows: () => true });
    await page.goto("/");
    await drop(page, page.getByLabel("Playlist file"), inject("exportify"));
    await page.getByText("112 songs recognised").waitFor();
    await look("dropped");
    await page.getByRole("button", { name: "Continue" }).click();

    const { rows, count, songs, aim, low } = parts(page);
    await rows.nth(14).waitFor();
    expect(await page.getByText("These songs are made up.").count()).toBe(0);
    await expect.poll(() => count.textContent()).toMatch(/\d/);
    const before = await count.textContent();
    await rows.first().getByRole("checkbox").uncheck();
    const untouched = Number(await aim(1).inputValue());
    await drag(page, aim(1), 0.72, 0.4);
    expect(Number(await aim(1).inputValue())).toBeLessThan(untouched);
    await drag(page, low(1), 0, 0.3);
    expect(Number(await low(1).inputValue())).toBeGreaterThan(0);
    await expect.poll(() => count.textContent()).not.toBe(before);
    await look("real-tune");

    await page.getByRole("button", { name: "Generate" }).click();
    await songs.nth(29).waitFor();
    await songs.first().getByRole("button", { name: /^Why/ }).click();
    await songs
      .first()
      .getByText(/^(for|against) it: /)
      .first()
      .waitFor();
    const copy = page.getByRole("button", { name: "Copy links" });
    const place = await boxOf(copy);
    await copy.click();
    const links = await copied(page);
    expect(await boxOf(copy), "the button stays where it was pressed").toEqual(place);
    expect(links).toHaveLength(30);
    for (const link of links) expect(link).toMatch(LINK);
    const [saved] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Download CSV" }).click(),
    ]);
    expect(
      readFileSync(await saved.path(), "utf-8")
        .trim()
        .split("\r\n"),
    ).toHaveLength(31);

    await page
      .getByRole("button", { name: /^Play / })
      .first()
      .click();
    await page.getByText(/^Spotify’s player shows /).waitFor();
    await look("real-list");
  });

  test("the same by keyboard alone", async ({ open }) => {
    const { page } = await open(options);
    await standInForSpotify(page, { knows: () => true });
    await page.goto("/");
    await page.getByLabel("Find songs").waitFor();
    await page.getByRole("link", { name: "Log in as a demo listener" }).waitFor();
    // Asked for from here on, so that the browser has heard of it before the key is pressed.
    const chosen = page.waitForEvent("filechooser", { timeout: 30_000 });
    const press = (key: string) => page.keyboard.press(key);

    await press("Tab");
    expect(await focused(page)).toBe("Skip to content");
    await press("Enter");
    await press("Tab");
    expect(await focused(page)).toBe("Log in as a demo listener");
    await press("Tab");
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("song-search");
    await tabTo(page, /^Playlist file$/);
    await press("Space");
    const chooser = await chosen;
    await chooser.setFiles(inject("exportify"));
    await page.getByText("112 songs recognised").waitFor();
    await tabTo(page, /^Continue$/);
    await press("Enter");

    const { rows, count, songs, aim, low } = parts(page);
    await rows.nth(14).waitFor();
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe("H1");
    await expect.poll(() => count.textContent()).toMatch(/\d/);
    const before = await count.textContent();
    await tabTo(page, /^Use /);
    await press("Space");
    expect(await rows.first().getByRole("checkbox").isChecked()).toBe(false);
    await tabTo(page, /: aim$/);
    const untouched = Number(await aim(0).inputValue());
    for (let step = 0; step < 10; step += 1) await press("ArrowRight");
    expect(Number(await aim(0).inputValue())).toBeGreaterThan(untouched);
    await tabTo(page, /: at least$/);
    await press("PageUp");
    expect(await low(0).getAttribute("aria-valuetext")).not.toBe("no limit");
    await tabTo(page, / to$/);
    await page.keyboard.type("nonsense");
    await press("Enter");
    await page.getByRole("alert").getByText("From ").waitFor();
    await press("Escape");
    await page.getByRole("alert").waitFor({ state: "detached" });
    await expect.poll(() => count.textContent()).not.toBe(before);

    await tabTo(page, /^Generate$/);
    await press("Enter");
    await songs.nth(29).waitFor();
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe("result");
    await press("Tab");
    expect(await focused(page)).toBe("Copy links");
    await press("Enter");
    for (const link of await copied(page)) expect(link).toMatch(LINK);
    await press("Tab");
    const [saved] = await Promise.all([page.waitForEvent("download"), press("Enter")]);
    expect(saved.suggestedFilename()).toBe("exportify net 2026 50s housewife.csv");
    await tabTo(page, /^Play /);
    const played = await focused(page);
    await press("Enter");
    await page.getByText(/^Spotify’s player shows /).waitFor();
    await press("Tab");
    expect(await focused(page)).toMatch(/^Why /);
    await press("Space");
    await page
      .getByText(/^(for|against) it: /)
      .first()
      .waitFor();
    await press("Escape");
    expect(await page.getByRole("region", { name: "Player" }).count()).toBe(0);
    expect(await focused(page)).toBe(played);
  });
});

describe.skipIf(!inject("real"))("Spotify’s player", () => {
  test("one controller plays every song; one that Spotify does not know is said", async ({
    open,
  }) => {
    const { page } = await open({ baseURL: inject("real") });
    let missing = "";
    await standInForSpotify(page, { knows: (id) => id !== missing });
    await listOfRealSongs(page);
    expect(await page.locator("script[src*=spotify]").count()).toBe(0);
    const plays = page.getByRole("button", { name: /^Play / });
    missing = ((await plays.nth(1).getAttribute("id")) ?? "").replace("play-", "");
    await plays.first().click();
    const player = page.getByRole("region", { name: "Player" });
    await player.getByText(/^Spotify’s player shows /).waitFor();
    await plays.nth(1).click();
    await player.getByText("cannot play this song").waitFor();
    expect(await player.getByRole("link").getAttribute("href")).toContain(missing);
    await plays.nth(2).click();
    await player.getByText(/^Spotify’s player shows /).waitFor();
    expect(await player.locator("iframe").count()).toBe(1);
    expect(await page.evaluate(() => (window as { controllers?: number }).controllers)).toBe(1);
    await player.getByRole("button", { name: "Close the player" }).click();
    expect(await page.locator("iframe").count()).toBe(0);
  });

  test.for([
    ["the first part of its script", "https://open.spotify.com/embed/iframe-api/v1"],
    ["the rest of its script", "https://embed-cdn.spotifycdn.com/**"],
  ] as const)("%s is blocked: said at once, can be tried again", async ([, address], { open }) => {
    const { page, breaks, look } = await open({
      baseURL: inject("real"),
      viewport: { width: 390, height: 844 },
    });
    await standInForSpotify(page, { knows: () => true });
    await page.route(address, (route) => route.abort("blockedbyclient"));
    await listOfRealSongs(page);
    breaks();
    await page
      .getByRole("button", { name: /^Play / })
      .first()
      .click();
    const player = page.getByRole("region", { name: "Player" });
    await player.getByText("could not be loaded").waitFor({ timeout: 3000 });
    expect(await player.getByRole("link").getAttribute("href")).toMatch(LINK);
    await look("player-blocked");
    await page.unroute(address);
    await standInForSpotify(page, { knows: () => true });
    await player.getByRole("button", { name: "try again" }).click();
    expect(await player.evaluate((dock) => dock.contains(document.activeElement))).toBe(true);
    await player.getByText(/^Spotify’s player shows /).waitFor();
  });
});
