import type { Page } from "playwright-core";
import { describe, expect } from "vitest";
import { focused, test } from "./browser";

const SIZES = [
  { width: 1280, height: 800 },
  { width: 390, height: 844 },
];
const MOST_STOPS = 150;
const AROUND = 6;

/** Press Tab from the top of the page to its end: each stop by name, each kind of stop seen. */
async function stops(page: Page): Promise<string[]> {
  const names: string[] = [];
  const kinds = new Set<string>();
  await page.getByRole("link", { name: "Skip to content" }).focus();
  for (const key of ["Tab", "Shift+Tab"]) await page.keyboard.press(key);
  for (;;) {
    const kind = await page.evaluate(() => {
      const element = document.activeElement;
      if (element === null || element === document.body) return null;
      return `${element.tagName} ${element.className} ${element.getAttribute("type") ?? ""}`;
    });
    if (kind === null) return names;
    const name = await focused(page);
    if (!kinds.has(kind)) expect(await isSeen(page), `the focus on ${name} is seen`).toBe(true);
    kinds.add(kind);
    names.push(name);
    await page.keyboard.press("Tab");
    if (names.length > MOST_STOPS) throw new Error(`Tab comes to no end: ${names.join(" | ")}`);
  }
}

/** Whether what has the focus is in sight and looks otherwise without it. */
async function isSeen(page: Page): Promise<boolean> {
  const element = await page.evaluateHandle(() => document.activeElement as HTMLElement);
  const box = await element.boundingBox();
  const size = page.viewportSize();
  if (box === null || size === null) return false;
  const x = Math.max(0, box.x - AROUND);
  const y = Math.max(0, box.y - AROUND);
  const clip = {
    x,
    y,
    width: Math.min(size.width - x, box.width + 2 * AROUND),
    height: Math.min(size.height - y, box.height + 2 * AROUND),
  };
  if (box.y < 0 || clip.height < box.height) return false;
  const before = await page.screenshot({ clip });
  await element.evaluate((node) => node.blur());
  const after = await page.screenshot({ clip });
  await element.evaluate((node) => node.focus());
  return !before.equals(after);
}

describe.each(SIZES)("Tab at $width px", (viewport) => {
  test("goes over the first page from top to bottom, and is seen", async ({ open }) => {
    const { page } = await open({ viewport });
    await page.goto("/");
    await page.getByRole("button", { name: "Open Deep Focus" }).waitFor();
    const names = await stops(page);
    expect(names.slice(0, 9)).toEqual([
      "Skip to content",
      "SpotAI",
      "API",
      "Account",
      "Log in as a demo listener",
      "Find songs",
      "Playlist file",
      "Paste links instead",
      "Continue",
    ]);
    expect(names.slice(9, 17).every((name) => name.startsWith("Open "))).toBe(true);
    expect(names.slice(17)).toEqual(["Previous", "Next", "Set up Spotify"]);
  });

  test("goes over model, Generate and songs, and is seen", async ({ open }) => {
    const { page } = await open({ viewport });
    await page.goto("/");
    await page.getByRole("button", { name: "Open Deep Focus" }).click();
    const size = page.getByLabel("Songs in the list, 1 to 500");
    await size.fill("2");
    await size.press("Enter");
    await page.getByRole("button", { name: /^Mode/ }).click();
    await page.getByRole("button", { name: "Generate" }).click();
    await page.getByRole("list", { name: "Recommended songs" }).waitFor();
    await page
      .getByRole("button", { name: /^Play / })
      .first()
      .click();
    const names = await stops(page);
    expect(names.slice(0, 6)).toEqual([
      "Skip to content",
      "SpotAI",
      "Undo",
      "Redo",
      "Account",
      "Change",
    ]);
    expect(names[6]).toMatch(/^All songs · \d+$/);
    const label = names[8] ?? "";
    expect(names.slice(7, 16)).toEqual([
      `Use ${label.toLowerCase()}`,
      label,
      `${label} from`,
      `${label} to`,
      `${label} aim`,
      `Weight of ${label.toLowerCase()}`,
      `${label}: aim`,
      `${label}: at least`,
      `${label}: at most`,
    ]);
    const generate = names.indexOf("Generate");
    expect(names.slice(generate - 9, generate).map((name) => name.split(",")[0])).toEqual([
      "Contrast",
      "Strictness",
      "allowedleft outonly these",
      "Leave out songs I know",
      "Add a file of songs you know",
      "Save it as",
      "Save",
      "Copy link",
      "Songs in the list",
    ]);
    expect(names.slice(generate + 1, generate + 5)).toEqual([
      "Copy links",
      "Download CSV",
      "Download JSPF",
      "Save to Spotify",
    ]);
    const kinds = names.slice(generate + 5).map((name) => name.split(" ")[0]);
    expect(kinds).toEqual(["Play", "Why", "Play", "Why", "Close"]);
  });

  test("what goes when it is pressed leaves the focus near", async ({ open }) => {
    const { page } = await open({ viewport });
    await page.goto("/");
    const search = page.getByLabel("Find songs");
    await search.fill("love");
    const add = page.getByRole("button", { name: /^Add / }).first();
    await add.focus();
    await page.keyboard.press("Enter");
    await expect.poll(() => focused(page)).toMatch(/^Added /);
    await page.getByRole("button", { name: "Clear" }).focus();
    await page.keyboard.press("Enter");
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("song-search");

    await page.getByRole("button", { name: "Open Deep Focus" }).click();
    const row = page.locator("[data-feature]").first();
    await row.getByRole("slider", { name: /: aim$/ }).focus();
    await page.keyboard.press("PageDown");
    await row.getByRole("button", { name: /^Reset/ }).focus();
    await page.keyboard.press("Enter");
    expect(await focused(page)).toBe(await row.getByRole("button", { expanded: true }).innerText());

    const label = await row.getByRole("button", { expanded: true }).innerText();
    for (const end of ["from", "to"]) {
      await row.getByLabel(`${label} ${end}`).fill("1");
      await row.getByLabel(`${label} ${end}`).press("Enter");
    }
    await page
      .getByRole("button", { name: /more songs?$/ })
      .first()
      .focus();
    await page.keyboard.press("Enter");
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("result");
  });
});
