import { readFileSync } from "node:fs";
import { describe, expect } from "vitest";
import { tabTo, test } from "./browser";
import { drag, openPlaylist } from "./steps";

const LOOKS = [
  { width: 1280, height: 800, colorScheme: "light" },
  { width: 1280, height: 800, colorScheme: "dark" },
  { width: 390, height: 844, colorScheme: "light" },
  { width: 390, height: 844, colorScheme: "dark" },
] as const;

describe.each(LOOKS)("at $width px, $colorScheme", ({ width, height, colorScheme }) => {
  test("from a demo playlist to a list with reasons, by mouse", async ({ open }) => {
    const { page, look } = await open({ viewport: { width, height }, colorScheme });
    await page.goto("/");
    await page.getByText("These songs are made up.").waitFor();
    await look(`home-${colorScheme}`);

    await page.getByRole("button", { name: "Open Deep Focus" }).click();
    const rows = page.locator("[data-feature]");
    await rows.nth(14).waitFor();
    expect(await rows.count()).toBe(15);
    const count = page.getByRole("status").filter({ hasText: "songs match" });
    await count.waitFor();
    const before = await count.textContent();

    const first = rows.first();
    await first.getByRole("checkbox").uncheck();
    const strip = first.getByRole("slider", { name: /: aim$/ });
    const box = await strip.boundingBox();
    if (box === null) throw new Error("the strip is not on the page");
    await page.mouse.move(box.x + box.width / 2, box.y + 15);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width / 4, box.y + 15, { steps: 5 });
    await page.mouse.up();
    const low = rows.nth(1).getByRole("slider", { name: /at least$/ });
    await low.focus();
    for (let step = 0; step < 3; step += 1) await page.keyboard.press("PageUp");
    await expect.poll(() => count.textContent(), { timeout: 5000 }).not.toBe(before);
    await look(`tune-${colorScheme}`);

    await page.getByRole("button", { name: "Generate" }).click();
    const songs = page.getByRole("list", { name: "Recommended songs" }).locator("> li");
    await songs.first().waitFor();
    expect(await songs.count()).toBe(30);
    await songs.first().getByRole("button", { name: /^Why/ }).click();
    await songs
      .first()
      .getByText(/^(for|against) it: /)
      .first()
      .waitFor();
    await look(`list-${colorScheme}`);
  });
});

test("the same by keyboard alone, with undo and redo", async ({ open }) => {
  const { page } = await open();
  await page.goto("/");
  await page.getByRole("button", { name: "Open Deep Focus" }).waitFor();
  await tabTo(page, /^Open Deep Focus$/);
  await page.keyboard.press("Enter");
  await page.locator("[data-feature]").first().waitFor();
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe("H1");

  await tabTo(page, /^Use /);
  await page.keyboard.press("Space");
  const first = page.locator("[data-feature]").first();
  expect(await first.getByRole("checkbox").isChecked()).toBe(false);
  await tabTo(page, /: aim$/);
  const aim = first.getByRole("slider", { name: /: aim$/ });
  const untouched = await aim.inputValue();
  await page.keyboard.press("PageDown");
  const moved = await aim.inputValue();
  expect(Number(moved)).toBeLessThan(Number(untouched));
  await tabTo(page, /: at least$/);
  await page.keyboard.press("ArrowRight");
  const low = first.getByRole("slider", { name: /at least$/ });
  expect(await low.getAttribute("aria-valuetext")).not.toBe("no limit");

  await page.keyboard.press("Control+z");
  expect(await low.getAttribute("aria-valuetext")).toBe("no limit");
  await page.keyboard.press("Control+z");
  expect(await aim.inputValue()).toBe(untouched);
  await page.keyboard.press("Control+Shift+Z");
  expect(await aim.inputValue()).toBe(moved);

  await page.keyboard.press("Control+Enter");
  await page.getByRole("list", { name: "Recommended songs" }).waitFor();
  await tabTo(page, /^Why /);
  await page.keyboard.press("Enter");
  await page
    .getByText(/^for it: /)
    .first()
    .waitFor();
});

test("of two limits that meet, a drag takes the one its direction leaves free", async ({
  open,
}) => {
  const { page } = await open();
  await openPlaylist(page);
  const strip = page.locator("[data-feature=energy]");
  const low = strip.getByRole("slider", { name: /: at least$/ });
  const high = strip.getByRole("slider", { name: /: at most$/ });
  const words = () => Promise.all([low, high].map((end) => end.getAttribute("aria-valuetext")));
  const value = async (end: typeof low) => Number(await end.inputValue());

  await drag(page, low, 0, 1.1);
  await drag(page, low, 1, 0.6);
  const [from, to] = await words();
  expect(from).not.toBe("no limit");
  expect(to).toBe("no limit");
  await drag(page, high, 1, 0.3);
  const met = await value(high);
  expect(await value(low)).toBe(met);

  await drag(page, high, 0.6, 0.8);
  expect(await value(high)).toBeGreaterThan(met);
  expect(await value(low)).toBe(met);
  await drag(page, high, 0.8, 0.3);
  expect(await value(high)).toBe(met);
  await drag(page, high, 0.6, 0.2);
  expect(await value(low)).toBeLessThan(met);
  expect(await value(high)).toBe(met);

  // By keys a limit stops at the other one.
  await high.focus();
  await page.keyboard.press("Home");
  expect(await value(high)).toBe(await value(low));
  await page.keyboard.press("ArrowLeft");
  expect(await value(high)).toBe(await value(low));
});

test("the recipe survives a reload and a look at the first page", async ({ open }) => {
  const { page } = await open();
  await page.goto("/");
  await page.getByRole("button", { name: "Open Deep Focus" }).click();
  const box = page.locator("[data-feature=energy]").getByRole("checkbox");
  const ticked = await box.isChecked();
  await box.click();
  await page.reload();
  expect(await box.isChecked()).toBe(!ticked);
  await page.getByRole("link", { name: "SpotAI" }).click();
  await page.getByRole("button", { name: "Go on" }).click();
  expect(await box.isChecked()).toBe(!ticked);
  await page.goBack();
  await page.getByText("Take your playlist apart.").waitFor();
});

test("songs found by words, and a list that comes back as a file", async ({ open }) => {
  const { page } = await open({
    acceptDownloads: true,
    permissions: ["clipboard-read", "clipboard-write"],
  });
  await page.goto("/");
  await page.getByLabel("Find songs").fill("love");
  await page.getByRole("button", { name: /^Add / }).first().click();
  await page.getByRole("button", { name: /^Add / }).first().click();
  await page.getByText("2 songs chosen").waitFor();
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("button", { name: "Generate" }).click();

  const copy = page.getByRole("button", { name: "Copy links" });
  const songs = page.getByRole("list", { name: "Recommended songs" });
  const places = () => Promise.all([copy, songs].map((each) => each.boundingBox()));
  const before = await places();
  await copy.click();
  await page.getByText("Copied; made-up songs have no links").waitFor();
  expect(await places()).toEqual(before);
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied.trim().split("\n")).toHaveLength(30);

  const [saved] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Download CSV" }).click(),
  ]);
  const path = await saved.path();
  expect(readFileSync(path, "utf-8").trim().split("\r\n")).toHaveLength(31);
  await page.goto("/");
  await page.getByLabel("Playlist file").setInputFiles({
    name: "back.csv",
    mimeType: "text/csv",
    buffer: readFileSync(path),
  });
  await page.getByText("30 songs recognised").waitFor();

  await page.getByText("Paste links instead").click();
  await page.getByLabel(/^Spotify track links/).fill(copied);
  await page.getByRole("button", { name: "Find these songs" }).click();
  await page.getByText("30 songs chosen").waitFor();
});
