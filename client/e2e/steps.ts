import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";

/** The live count. */
export const COUNT = "**/api/matches";
/** The list of songs. */
export const LIST = "**/api/recommendations";

export async function openPlaylist(page: Page): Promise<void> {
  await page.goto("/");
  await page.getByRole("button", { name: "Open Deep Focus" }).click();
  await page.locator("[data-feature]").first().waitFor();
  await page.getByRole("status").filter({ hasText: "songs match" }).waitFor();
}

/** Untick the first variable: a change that the recipe has to keep, also over a reload. */
export async function change(page: Page): Promise<() => Promise<void>> {
  const row = page.locator("[data-feature]").first();
  const name = await row.getAttribute("data-feature");
  const tick = page.locator(`[data-feature=${name}]`).getByRole("checkbox");
  await tick.uncheck();
  return async () => expect(await tick.isChecked()).toBe(false);
}

/** Ask for a value that no song has. */
export async function matchNothing(page: Page): Promise<void> {
  const row = page.locator("[data-feature]").first();
  const label = (await row.getByRole("button", { expanded: true }).textContent()) ?? "";
  await row.getByLabel(`${label} from`).fill("1");
  await row.getByLabel(`${label} from`).press("Enter");
  await row.getByLabel(`${label} to`).fill("1");
  await row.getByLabel(`${label} to`).press("Enter");
}

/** Take the first loosening that is offered. */
export async function loosen(page: Page): Promise<void> {
  const region = page.getByRole("region", { name: "Too few matches" });
  await region
    .getByRole("button", { name: /\d more songs?$/ })
    .first()
    .click();
}

/**
 * Press at one place of a strip, where its handles are, and let go at another; places are shares of
 * its width.
 */
export async function drag(page: Page, strip: Locator, from: number, to: number): Promise<void> {
  await strip.scrollIntoViewIfNeeded();
  const box = await boxOf(strip);
  const x = (share: number) => box.x + 8 + share * (box.width - 16);
  const y = box.y + 34;
  await page.mouse.move(x(from), y);
  await page.mouse.down();
  await page.mouse.move(x(to), y, { steps: 8 });
  await page.mouse.up();
}

export async function boxOf(element: Locator) {
  const box = await element.boundingBox();
  if (box === null) throw new Error("it is not on the page");
  return box;
}

/** A problem as the server sends it. */
export function problem(status: number, kind: string, title: string, wait: number) {
  return {
    status,
    contentType: "application/problem+json",
    headers: { "Retry-After": String(wait) },
    body: JSON.stringify({
      type: `/problems/${kind}`,
      title,
      status,
      detail: "Try again in a moment.",
      request_id: "r",
      errors: [],
    }),
  };
}
