import type { Page } from "playwright-core";
import { afterEach, beforeEach, describe, expect, inject } from "vitest";
import { test } from "./browser";
import { allow, callsOf, inMenu, logIn, logInAgain, order } from "./standin";

const WIDTHS = [1280, 390] as const;
const MAKES = /^\/v1\/(me|users\/[^/]+)\/playlists$/;
const ADDS = /^\/v1\/playlists\/[^/]+\/(tracks|items)$/;

beforeEach(() => void order({ do: "clear" }));
afterEach(() => void order({ do: "clear" }));

const visit = (width: number) => ({
  baseURL: inject("account"),
  viewport: { width, height: width === 390 ? 844 : 800 },
});

/** Open a playlist from whichever page of the list it is on; after a save the list may move. */
async function openOwn(page: Page, name: string): Promise<void> {
  const open = page.getByRole("button", { name: `Open ${name}`, exact: true });
  const next = page.getByRole("button", { name: "Next" });
  const previous = page.getByRole("button", { name: "Previous" });
  await page.locator("ul[aria-busy=false]").waitFor();
  let way = next;
  for (let turns = 0; turns < 40 && !(await open.isVisible()); turns += 1) {
    if ((await way.getAttribute("aria-disabled")) === "true") way = way === next ? previous : next;
    await way.click();
    await page.locator("ul[aria-busy=false]").waitFor();
  }
  await open.click();
}

/** Open one of the listener's playlists, and make a list of so many songs. */
async function makeList(page: Page, size?: number): Promise<void> {
  await openOwn(page, "Saturday Kitchen Party");
  await page.locator("[data-feature]").first().waitFor();
  if (size !== undefined) {
    const box = page.getByLabel(/^Songs in the list/);
    await box.fill(String(size));
    await box.press("Enter");
  }
  await page.getByRole("button", { name: "Generate" }).click();
  await page.getByRole("list", { name: "Recommended songs" }).locator("> li").first().waitFor();
}

/** Open the dialog, allowing what it needs on the way. */
async function allowSaving(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Save to Spotify" }).click();
  await page.getByRole("link", { name: "Allow saving" }).click();
  await allow(page);
  await page.getByRole("dialog", { name: "Save to Spotify" }).getByLabel("Name").waitFor();
}

describe.each(WIDTHS)("at %i px", (width) => {
  test("from a login to a saved playlist, and away without a trace", async ({ open }) => {
    const { page, look, breaks } = await open(visit(width));
    breaks(); // a recipe too long for a link and a list that is still read are told so
    await page.goto("/");
    await page.getByRole("link", { name: "Log in as a demo listener" }).waitFor();
    await page.getByText("These songs are made up.").waitFor();
    await look("account-guest");
    await logIn(page);
    expect(new URL(page.url()).search).toBe("");
    await page.getByRole("button", { name: "Open Saturday Kitchen Party" }).waitFor();
    await look("account-home");
    await page.getByRole("button", { name: "Next" }).click();
    await page.getByText(/Spotify lets only its owner read it here/).waitFor();
    await look("account-followed");
    await page.getByRole("button", { name: "Ready playlists" }).click();
    await page.getByRole("button", { name: "Open Deep Focus" }).waitFor();
    await page.getByRole("button", { name: "Your playlists" }).click();

    await makeList(page);
    await page.getByRole("button", { name: "Save to Spotify" }).click();
    await page.getByRole("link", { name: "Allow saving" }).waitFor();
    await look("account-ask", "in sight");
    await page.getByRole("link", { name: "Allow saving" }).click();
    await allow(page);
    const dialog = page.getByRole("dialog", { name: "Save to Spotify" });
    const name = dialog.getByLabel("Name");
    expect(await name.inputValue()).toBe("More like Saturday Kitchen Party");
    expect(await dialog.getByRole("checkbox", { name: /^Public/ }).isChecked()).toBe(false);
    expect(new URL(page.url()).search).toBe("");
    await look("account-save", "in sight");
    await name.fill(`Party ${width}`);
    await order({ do: "clear" });
    await dialog.getByRole("button", { name: "Save 30 songs" }).dblclick();
    await dialog.getByText(`Saved as Party ${width}, 30 songs`).waitFor();
    expect(await callsOf("POST", MAKES)).toBe(1);
    await look("account-saved", "in sight");
    await dialog.getByRole("button", { name: "Close" }).last().click();

    await page.getByRole("link", { name: "SpotAI" }).click();
    await openOwn(page, `Party ${width}`);
    await page.getByRole("heading", { level: 1, name: `Party ${width}` }).waitFor();
    await page.getByText("30 songs, made up").waitFor();

    await page.getByRole("button", { name: /^Account/ }).click();
    await page.getByText(/^Logged in as Ada/).waitFor();
    await look("account-menu", "in sight");
    await page.getByRole("button", { name: "Log out" }).click();
    await page.getByRole("button", { name: "Account", exact: true }).waitFor();
    await logInAgain(page);
    await inMenu(page, "Delete everything SpotAI keeps of me");
    await page.getByRole("dialog", { name: "Delete everything?" }).waitFor();
    await look("account-delete", "in sight");
    await page.getByRole("button", { name: "Delete everything", exact: true }).click();
    await page.getByText("Everything that was kept of you is deleted").waitFor();
    await look("account-deleted");
    expect(new URL(page.url()).search).toBe("");
    const session = await page.evaluate(async () => (await fetch("/api/session")).json());
    expect(session).toMatchObject({ kind: "guest", account: false });
    expect(await page.evaluate(() => JSON.stringify(sessionStorage))).toBe("{}");
  });

  test("an entry that is no song is counted, and a long playlist says how far it is", async ({
    open,
  }) => {
    const { page, look, breaks } = await open(visit(width));
    breaks(); // a recipe too long for a link and a list that is still read are told so
    await logIn(page, "Ada (made up)");
    await openOwn(page, "Odds and ends");
    await page.getByText(/^Not used: /).waitFor();
    expect(await page.getByText(/^Not used: /).textContent()).toBe(
      "Not used: 2 songs that come again, 1 file of your own, 1 episode of a podcast, 2 entries that Spotify removed",
    );
    await look("account-odds");
    await page.getByRole("link", { name: "SpotAI" }).click();
    for (let n = 0; n < 4; n += 1)
      await order({ do: "hold", route: "GET /v1/playlists/", seconds: 1 });
    await order({ do: "hold", route: "GET /v1/playlists/", skip: 10, seconds: 2 });
    await openOwn(page, "Over and over");
    await page.getByRole("progressbar", { name: "Playlist" }).waitFor();
    await look("account-reading");
    await page.locator("[data-feature]").first().waitFor({ timeout: 60_000 });
    expect(await page.getByRole("progressbar").count()).toBe(0);
  });

  test("songs that Spotify says I know are left out, asked for when needed", async ({ open }) => {
    const { page, look, breaks } = await open(visit(width));
    breaks(); // a recipe too long for a link and a list that is still read are told so
    await logIn(page, "Ben (made up)");
    await page
      .getByRole("button", { name: /^Open / })
      .first()
      .click();
    await page.locator("[data-feature]").first().waitFor();
    const leaveOut = page.getByRole("checkbox", { name: "Leave out songs I know" });
    await leaveOut.check();
    await page.getByText(/of the catalog are known by Spotify: from your playlists\./).waitFor();
    await page.getByText(/known by Spotify/).scrollIntoViewIfNeeded();
    await look("account-known-little", "in sight");
    await page.getByRole("link", { name: /^Leave out your liked songs/ }).click();
    await allow(page, "Ben (made up)");
    expect(new URL(page.url()).pathname).toBe("/tune");
    expect(await leaveOut.isChecked()).toBe(true);
    await page.getByText(/from your playlists, your liked songs and those you/).waitFor();
    await page.getByRole("status").filter({ hasText: "songs match" }).waitFor();
    await page.getByText(/known by Spotify/).scrollIntoViewIfNeeded();
    await look("account-known", "in sight");
  });

  test("consent that is denied is said once, and the recipe is kept", async ({ open }) => {
    const { page, look } = await open(visit(width));
    await page.goto("/");
    await page.getByRole("button", { name: "Open Deep Focus" }).click();
    await page.getByRole("heading", { level: 1, name: "Deep Focus" }).waitFor();
    await page.getByRole("button", { name: "Account", exact: true }).click();
    await page.getByRole("link", { name: "Log in as a demo listener" }).click();
    await page.getByRole("button", { name: "Deny" }).click();
    await page.getByText("You said no at Spotify").waitFor();
    await page.getByRole("heading", { level: 1, name: "Deep Focus" }).waitFor();
    await page.locator("[data-feature]").first().waitFor();
    expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe("/tune");
    await look("account-denied");
    await page.reload();
    await page.getByRole("heading", { level: 1, name: "Deep Focus" }).waitFor();
    expect(await page.getByText("You said no at Spotify").count()).toBe(0);
  });

  test("a pause in the middle of saving 300 songs counts down, and goes on", async ({ open }) => {
    const { page, look, breaks } = await open(visit(width));
    await logIn(page);
    await makeList(page, 300);
    await allowSaving(page);
    const dialog = page.getByRole("dialog", { name: "Save to Spotify" });
    await dialog.getByLabel("Name").fill("Three hundred");
    await order({ do: "clear" });
    breaks();
    const route = "POST /v1/playlists/[^/]+/(tracks|items)";
    await order({ do: "answer", route, skip: 1, status: 429, retry_after: 6 });
    await dialog.getByRole("button", { name: "Save 300 songs" }).click();
    await dialog.getByText("Spotify asks for a pause").waitFor();
    await dialog.getByText(/^Asking again in/).waitFor();
    await dialog.getByRole("button", { name: "Download JSPF" }).waitFor();
    await look("account-pause", "in sight");
    await dialog.getByText("Saved as Three hundred, 300 songs").waitFor({ timeout: 30_000 });
    expect(await callsOf("POST", MAKES)).toBe(1);
    expect(await callsOf("POST", ADDS)).toBe(3);
  });

  test("a login that was revoked keeps list and order, and goes on after a new one", async ({
    open,
  }) => {
    const { page, look, breaks } = await open(visit(width));
    await logIn(page);
    await makeList(page);
    await allowSaving(page);
    const dialog = page.getByRole("dialog", { name: "Save to Spotify" });
    await dialog.getByLabel("Name").fill("After all");
    breaks();
    await order({ do: "revoke", listener: "standin-ada" });
    await dialog.getByRole("button", { name: "Save 30 songs" }).click();
    await page.getByText("Your Spotify login has ended").waitFor();
    await look("account-ended", "in sight");
    await page.getByRole("link", { name: "Log in again" }).click();
    await allow(page);
    await page.getByRole("button", { name: "Go on saving" }).click();
    await page.getByText("Saved as After all, 30 songs").waitFor();
  });

  test("where Spotify refuses, the songs can be taken along", async ({ open }) => {
    const { page, look, breaks } = await open(visit(width));
    await logIn(page);
    await makeList(page);
    await allowSaving(page);
    const dialog = page.getByRole("dialog", { name: "Save to Spotify" });
    breaks();
    const route = "POST /v1/(me|users)";
    const message = "Active premium subscription required for the owner of the app.";
    await order({ do: "answer", route, times: 9, status: 403, message });
    await dialog.getByRole("button", { name: "Save 30 songs" }).click();
    await dialog.getByText(/account that owns it has Premium/).waitFor();
    await look("account-refused", "in sight");
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      dialog.getByRole("button", { name: "Download JSPF" }).click(),
    ]);
    expect(file.suggestedFilename()).toBe("Saturday Kitchen Party.jspf");
    await page.keyboard.press("Escape");
    await page.goto("/");
    await page.getByLabel("Playlist file").setInputFiles(await file.path());
    await page.getByText("30 songs recognised").waitFor();
  });

  test("an earlier result is replaced, and added to", async ({ open }) => {
    const { page, look, breaks } = await open(visit(width));
    breaks(); // a recipe too long for a link and a list that is still read are told so
    await logIn(page);
    await makeList(page);
    await allowSaving(page);
    const dialog = page.getByRole("dialog", { name: "Save to Spotify" });
    const name = `Mine ${width}`;
    await dialog.getByLabel("Name").fill(name);
    await dialog.getByRole("button", { name: "Save 30 songs" }).click();
    await dialog.getByText(`Saved as ${name}, 30 songs`).waitFor();
    await dialog.getByRole("button", { name: "Save once more" }).click();
    await dialog.getByText("Replace one").click();
    const target = dialog.getByLabel("Playlist saved from here");
    await target.selectOption({ label: `${name} (30 songs)` });
    await dialog.getByLabel("Name").fill(`${name}, anew`);
    await look("account-replace", "in sight");
    await order({ do: "clear" });
    await dialog.getByRole("button", { name: "Save 30 songs" }).click();
    await dialog.getByText(`Saved as ${name}, anew, 30 songs`).waitFor();
    await dialog.getByRole("button", { name: "Save once more" }).click();
    await dialog.getByText("Add to one").click();
    await dialog
      .getByLabel("Playlist to add to")
      .selectOption({ label: `${name}, anew (30 songs)` });
    await dialog.getByRole("button", { name: "Save 30 songs" }).click();
    await dialog.getByText(`Saved as ${name}, anew, 30 songs`).waitFor();
    expect(await callsOf("POST", MAKES)).toBe(0);
    await dialog.getByRole("button", { name: "Close" }).last().click();
    await page.getByRole("link", { name: "SpotAI" }).click();
    await openOwn(page, `${name}, anew`);
    await page.getByText(/^Not used: 30 songs that come again/).waitFor();
  });

  test("the setup page has six steps and the address to paste", async ({ open }) => {
    const permissions = ["clipboard-read", "clipboard-write"];
    const { page, look } = await open({ ...visit(width), permissions });
    await page.goto("/");
    await page.getByRole("link", { name: "Set up Spotify" }).click();
    await page.getByRole("heading", { level: 2 }).nth(5).waitFor();
    await page.getByRole("button", { name: "Copy" }).click();
    await page.getByText("Copied").waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toBe(`${inject("account")}/callback`);
    await look("setup");
  });
});

test("an answer to a login that was not begun here is refused, with a way back", async ({
  open,
}) => {
  const { page, look, breaks } = await open(visit(1280));
  await logIn(page);
  breaks();
  await page.goto("/callback?code=x&state=wrong");
  await page.getByText(/You are logged in already/).waitFor();
  await look("account-wrong-state");
  await page.getByRole("link", { name: "Back to SpotAI" }).click();
  await page.getByRole("heading", { name: "Your playlists" }).waitFor();
});
