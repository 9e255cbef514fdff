import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";
import { test } from "./browser";

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

interface Place {
  x: number;
  y: number;
}

/** Put a finger down at one place, move it to another, and lift it. */
async function swipe(page: Page, from: Place, to: Place): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const touch = (type: "touchStart" | "touchMove" | "touchEnd", touchPoints: Place[]) =>
    session.send("Input.dispatchTouchEvent", { type, touchPoints });
  const steps = 12;
  await touch("touchStart", [from]);
  for (let step = 1; step <= steps; step += 1) {
    const along = (a: number, b: number) => a + ((b - a) * step) / steps;
    await touch("touchMove", [{ x: along(from.x, to.x), y: along(from.y, to.y) }]);
  }
  await touch("touchEnd", []);
}

/** A place on an element, as shares of its width and height. */
async function placeOn(element: Locator, across: number, down: number): Promise<Place> {
  const box = await element.boundingBox();
  if (box === null) throw new Error("it is not on the page");
  return { x: box.x + across * box.width, y: box.y + down * box.height };
}

/** Where the handle of a slider is. */
async function handleOf(slider: Locator): Promise<Place> {
  const share = await slider.evaluate(
    (input: HTMLInputElement) =>
      (input.valueAsNumber - Number(input.min)) / (Number(input.max) - Number(input.min)),
  );
  const box = await slider.boundingBox();
  if (box === null) throw new Error("it is not on the page");
  return { x: box.x + 12 + share * (box.width - 24), y: box.y + box.height - 13 };
}

const recipeOf = (page: Page) =>
  page.evaluate(() => sessionStorage.getItem("spotai.recipe.1") ?? "");

async function openPlaylist(page: Page): Promise<void> {
  await page.goto("/");
  await page.getByRole("button", { name: "Open Deep Focus" }).tap();
  await page.getByRole("status").filter({ hasText: "songs match" }).waitFor();
}

test("a finger that scrolls the page changes nothing of the recipe", async ({ open }) => {
  const { page, look } = await open(PHONE);
  await openPlaylist(page);
  const before = await recipeOf(page);
  const row = page.locator("[data-feature]").first();
  const sliders = [
    row.getByRole("slider", { name: /: aim$/ }),
    row.getByRole("slider", { name: /^Weight of / }),
    page.getByRole("slider", { name: "Contrast" }),
    page.getByRole("slider", { name: "Strictness" }),
  ];
  for (const slider of sliders) {
    for (const across of [0.2, 0.8]) {
      await slider.evaluate((element) => element.scrollIntoView({ block: "center" }));
      const from = await placeOn(slider, across, 0.4);
      const top = await page.evaluate(() => scrollY);
      await swipe(page, from, { x: from.x + 4, y: from.y - 120 });
      await expect.poll(() => page.evaluate(() => scrollY)).not.toBe(top);
      expect(await recipeOf(page)).toBe(before);
    }
  }
  await look("touch");
});

test("handles go with the finger, and a tap on the bars goes one step on", async ({ open }) => {
  const { page } = await open(PHONE);
  await openPlaylist(page);
  const row = page.locator("[data-feature]").first();
  const aim = row.getByRole("slider", { name: /: aim$/ });
  const contrast = page.getByRole("slider", { name: "Contrast" });
  for (const slider of [aim, contrast]) {
    await slider.evaluate((element) => element.scrollIntoView({ block: "center" }));
    const before = Number(await slider.inputValue());
    const from = await handleOf(slider);
    const away = from.x > 195 ? -90 : 90;
    await swipe(page, from, { x: from.x + away, y: from.y });
    const moved = Number(await slider.inputValue()) - before;
    expect(Math.sign(moved)).toBe(Math.sign(away));
  }
  const weight = row.getByRole("slider", { name: /^Weight of / });
  await weight.scrollIntoViewIfNeeded();
  expect(await weight.getAttribute("aria-valuetext")).toBe("normal");
  const bars = await placeOn(weight, 0.5, 0.5);
  await page.touchscreen.tap(bars.x, bars.y);
  await expect.poll(() => weight.getAttribute("aria-valuetext")).toBe("high");
});

test("beside the songs Generate is at hand, nothing shifts, and no number wraps", async ({
  open,
}) => {
  const { page, look } = await open({
    ...PHONE,
    permissions: ["clipboard-read", "clipboard-write"],
  });
  await openPlaylist(page);
  await page.getByRole("button", { name: "Generate" }).tap();
  const songs = page.getByRole("list", { name: "Recommended songs" }).locator("> li");
  await songs.nth(29).waitFor();
  const top = await placeOn(page.getByRole("button", { name: "Generate" }), 0, 1);
  expect(top.y).toBeLessThanOrEqual(844);

  const copy = page.getByRole("button", { name: "Copy links" });
  const places = () => Promise.all([copy, songs.first()].map((each) => each.boundingBox()));
  const before = await places();
  await copy.tap();
  await page.getByText(/^(Links copied|Copied; )/).waitFor();
  expect(await places()).toEqual(before);

  for (const why of (await songs.getByRole("button", { name: /^Why/ }).all()).slice(0, 5)) {
    await why.tap();
  }
  const numbers = await songs.locator("strong + span").all();
  expect(numbers.length).toBeGreaterThanOrEqual(15);
  for (const number of numbers) expect((await number.boundingBox())?.height).toBeLessThan(24);
  await songs.last().scrollIntoViewIfNeeded();
  await look("phone-songs");
  await page.getByRole("button", { name: "Generate" }).tap({ trial: true });
});
