import type { Page } from "playwright-core";
import { expect, inject } from "vitest";

interface Call {
  method: string;
  path: string;
  status: number;
}

/** Give the stand-in for Spotify an order, as `spotai/spotify/standin/faults.py` takes it. */
export async function order(wanted: object): Promise<{ calls?: Call[] }> {
  const answer = await fetch(`${inject("standin")}/control`, {
    method: "POST",
    headers: { "X-Control-Key": inject("standinKey") },
    body: JSON.stringify(wanted),
  });
  expect(answer.status).toBe(200);
  return (await answer.json()) as { calls?: Call[] };
}

/** How often the stand-in was called like this since it last forgot its calls, with success. */
export async function callsOf(method: string, path: RegExp): Promise<number> {
  const { calls = [] } = await order({ do: "calls" });
  const met = calls.filter((call) => call.method === method && path.test(call.path));
  return met.filter((call) => call.status < 300).length;
}

/** Say yes on the consent page, as a listener. */
export async function allow(page: Page, listener = "Ada (made up)"): Promise<void> {
  await page.getByRole("heading", { name: "Let SpotAI in?" }).waitFor();
  await page.getByLabel(listener).check();
  await page.getByRole("button", { name: "Allow" }).click();
  await page.waitForURL(`${inject("account")}/**`);
}

/** Log in from the first page, as a listener of whom nothing is kept from before. */
export async function logIn(page: Page, listener?: string): Promise<void> {
  await logInAgain(page, listener);
  await page.evaluate(async () => {
    const session = (await (await fetch("/api/session")).json()) as { csrf_token: string };
    const headers = { "X-CSRF-Token": session.csrf_token };
    await fetch("/api/account", { method: "DELETE", headers });
  });
  await logInAgain(page, listener);
}

export async function logInAgain(page: Page, listener?: string): Promise<void> {
  await page.goto("/");
  await page.getByRole("link", { name: "Log in as a demo listener" }).click();
  await allow(page, listener);
  await page.getByRole("heading", { name: "Your playlists" }).waitFor();
}

/** Press in the menu of the account. */
export async function inMenu(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name: /^Account/ }).click();
  await page.getByRole("button", { name }).click();
}
