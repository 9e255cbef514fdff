import type { Page } from "playwright-core";
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
