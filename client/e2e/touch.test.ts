import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";
import { test } from "./browser";
import { boxOf } from "./steps";

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
  const box = await boxOf(element);
  return { x: box.x + across * box.width, y: box.y + down * box.height };
}

/** Where the handle of a slider is; those of limits are wider than others. */
async function handleOf(slider: Locator): Promise<Place> {
  const { share, half } = await slider.evaluate((input: HTMLInputElement) => ({
    share: (input.valueAsNumber - Number(input.min)) / (Number(input.max) - Number(input.min)),
    half: input.ariaLabel?.includes(": at ") ? 22 : 16,
  }));
  const box = await boxOf(slider);
  return { x: box.x + half + share * (box.width - 2 * half), y: box.y + box.height / 2 };
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

/** Whether a finger finds a handle wherever it comes down on 44 px by 44 px around it. */
async function isUnderFinger(page: Page, slider: Locator): Promise<boolean> {
  const { x, y } = await handleOf(slider);
  const reach = 20;
  const places = [
    [0, 0],
    [-reach, 0],
    [reach, 0],
    [0, -reach],
    [0, reach],
  ] as const;
  const label = await slider.getAttribute("aria-label");
  return page.evaluate(
    ([at, name]) =>
      at.every(([left, top]) => document.elementFromPoint(left, top)?.ariaLabel === name),
    [places.map(([across, down]) => [x + across, y + down] as const), label] as const,
  );
}

test("at the ends of a strip a finger takes the aim or a limit, as it likes", async ({ open }) => {
  const { page, look } = await open(PHONE);
  await openPlaylist(page);
  const row = page.locator("[data-feature=energy]");
  const aim = row.getByRole("slider", { name: /: aim$/ });
  const low = row.getByRole("slider", { name: /: at least$/ });
  const high = row.getByRole("slider", { name: /: at most$/ });
  await aim.focus();
  await page.keyboard.press("Home");
  await aim.evaluate((element) => element.scrollIntoView({ block: "center" }));
  for (const slider of [aim, low, high]) expect(await isUnderFinger(page, slider)).toBe(true);

  const end = await handleOf(aim);
  const before = Number(await aim.inputValue());
  await swipe(page, end, { x: end.x + 120, y: end.y });
  expect(Number(await aim.inputValue())).toBeGreaterThan(before);
  expect(await low.getAttribute("aria-valuetext")).toBe("no limit");
  const limit = await handleOf(low);
  await swipe(page, limit, { x: limit.x + 500, y: limit.y });
  expect(await low.inputValue()).toBe(await high.inputValue());
  const met = await handleOf(high);
  await swipe(page, met, { x: met.x - 90, y: met.y });
  expect(Number(await low.inputValue())).toBeLessThan(Number(await high.inputValue()));
  expect(await high.getAttribute("aria-valuetext")).toBe("no limit");
  await look("touch-ends");
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
