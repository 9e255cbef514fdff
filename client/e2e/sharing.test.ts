import { readFileSync } from "node:fs";
import { describe, expect } from "vitest";
import { tabTo, test } from "./browser";
import { openPlaylist } from "./steps";

const WIDTHS = [1280, 390] as const;

describe.each(WIDTHS)("at %i px", (width) => {
  test("a copied link opens the recipe with its edits in a fresh browser", async ({ open }) => {
    const viewport = { width, height: 844 };
    const permissions = ["clipboard-read", "clipboard-write"];
    const { page, look } = await open({ viewport, permissions });
    await openPlaylist(page);
    const energy = page.locator("[data-feature=energy]").getByRole("checkbox");
    const ticked = await energy.isChecked();
    await energy.click();
    await page.getByRole("button", { name: "Copy link" }).click();
    await page.getByText("Link copied").waitFor();
    await look(`share-${width}`);
    const link = await page.evaluate(() => navigator.clipboard.readText());

    const fresh = await open({ viewport });
    await fresh.page.goto(link);
    await fresh.page.getByRole("heading", { level: 1, name: "Deep Focus" }).waitFor();
    const opened = fresh.page.locator("[data-feature=energy]").getByRole("checkbox");
    expect(await opened.isChecked()).toBe(!ticked);
    expect(new URL(fresh.page.url()).pathname).toBe("/tune");

    const cut = await open({ viewport });
    cut.breaks();
    await cut.page.goto(link.slice(0, -3));
    await cut.page.getByText("The link was cut off or changed").waitFor();
    await cut.look(`no-link-${width}`);
    await cut.page.getByRole("button", { name: "Go to the start" }).click();
    await cut.page.getByText("Take your playlist apart.").waitFor();
  });

  test("a recipe is saved, found on the first page, and deleted by keyboard", async ({ open }) => {
    const { page, look } = await open({ viewport: { width, height: 844 } });
    await openPlaylist(page);
    await page.getByLabel("Save it as").fill("Late night");
    await tabTo(page, /^Save$/);
    await page.keyboard.press("Enter");
    await page.getByText("Saved as Late night").waitFor();
    await page.getByRole("link", { name: "SpotAI" }).click();
    await page.getByRole("button", { name: "Open recipe Late night" }).waitFor();
    await look(`saved-${width}`);
    await page.getByRole("button", { name: "Open recipe Late night" }).press("Enter");
    await page.getByRole("heading", { level: 1, name: "Late night" }).waitFor();
    await page.goto("/");
    await page.getByRole("button", { name: "Delete recipe Late night" }).press("Enter");
    await page.getByText("Saved recipes").waitFor({ state: "detached" });
  });
});

test("known songs are left out of the next list", async ({ open }) => {
  const { page } = await open();
  await openPlaylist(page);
  const songs = page.getByRole("list", { name: "Recommended songs" }).locator("> li");
  await page.getByRole("button", { name: "Generate" }).click();
  await songs.first().waitFor();
  const [saved] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Download CSV" }).click(),
  ]);
  const titles = await songs.allTextContents();
  await page.getByLabel(/^Add a file of songs you know/).setInputFiles({
    name: "known.csv",
    mimeType: "text/csv",
    buffer: readFileSync(await saved.path()),
  });
  await page.getByText("30 known songs.").waitFor();
  await page.getByRole("checkbox", { name: "Leave out songs I know" }).check();
  await page.getByRole("button", { name: "Generate" }).click();
  await expect.poll(() => songs.allTextContents(), { timeout: 10_000 }).not.toEqual(titles);
});
