import { AxeBuilder } from "@axe-core/playwright";
import { mkdirSync } from "node:fs";
import { resolve } from "node:path";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { chromium } from "playwright-core";
import { expect, inject, test as base } from "vitest";
import { findChromium } from "./chromium";

const FLAGS = [
  "--no-sandbox",
  "--use-angle=swiftshader",
  "--enable-unsafe-swiftshader",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
const PICTURES = resolve(import.meta.dirname, "../../test-output");

/** Chromium tells of each answer that is no success; tests that break answers expect that. */
const TOLD_BY_CHROMIUM = /^Failed to load resource/;

export interface Visit {
  page: Page;
  /** From now on answers fail on purpose. */
  breaks: () => void;
  /** Keep a picture of the page, or of what is in sight, and look for violations of WCAG 2.2 AA. */
  look: (name: string, inSight?: "in sight") => Promise<void>;
}

export type Open = (options?: BrowserContextOptions) => Promise<Visit>;

interface Fixtures {
  browser: Browser;
  open: Open;
}

/** Tests with `open`: a fresh visit of the server; its console has to stay silent. */
export const test = base.extend<Fixtures>({
  browser: [
    // oxlint-disable-next-line no-empty-pattern -- vitest reads what a fixture needs from here
    async ({}, use) => {
      const executablePath = findChromium();
      if (executablePath === null) throw new Error("Chromium is missing");
      const browser = await chromium.launch({ executablePath, args: FLAGS });
      await use(browser);
      await browser.close();
    },
    { scope: "file" },
  ],
  open: async ({ browser }, use) => {
    const contexts: { close: () => Promise<void> }[] = [];
    const said: string[] = [];
    await use(async (options = {}) => {
      const context = await browser.newContext({
        baseURL: inject("demo"),
        viewport: { width: 1280, height: 800 },
        reducedMotion: "reduce",
        ...options,
      });
      contexts.push(context);
      const page = await context.newPage();
      page.setDefaultTimeout(10_000);
      let broken = false;
      page.on("pageerror", (error) => said.push(error.message));
      page.on("console", (message) => {
        const expected = broken && TOLD_BY_CHROMIUM.test(message.text());
        if (["error", "warning"].includes(message.type()) && !expected) said.push(message.text());
      });
      return { page, breaks: () => (broken = true), look: (...how) => look(page, ...how) };
    });
    await Promise.all(contexts.map((context) => context.close()));
    expect(said).toEqual([]);
  },
});

async function look(page: Page, name: string, inSight?: "in sight"): Promise<void> {
  mkdirSync(PICTURES, { recursive: true });
  const width = page.viewportSize()?.width ?? 0;
  const fullPage = inSight === undefined;
  await page.screenshot({ path: `${PICTURES}/${name}-${width}.png`, fullPage });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(wide, "the page scrolls sideways").toBeLessThanOrEqual(width);
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  const found = await new AxeBuilder({ page }).withTags(tags).analyze();
  const violations = found.violations.map(({ id, nodes }) => ({
    id,
    nodes: nodes.map((node) => `${node.html.slice(0, 160)} ${node.failureSummary ?? ""}`),
  }));
  expect(violations).toEqual([]);
}

/** How what has the focus is named. */
export async function focused(page: Page): Promise<string> {
  const name = await page.evaluate(() => {
    const element = document.activeElement;
    const named = element?.getAttribute("aria-label") ?? element?.textContent ?? "";
    // An input has no text: its label names it.
    return named || (element instanceof HTMLInputElement && element.labels?.[0]?.textContent) || "";
  });
  return name.trim();
}

/** Press Tab until what has the focus is named like this. */
export async function tabTo(page: Page, name: RegExp): Promise<void> {
  const passed: string[] = [];
  for (let presses = 0; presses < 150; presses += 1) {
    await page.keyboard.press("Tab");
    const now = await focused(page);
    if (name.test(now)) return;
    passed.push(now.slice(0, 30));
  }
  throw new Error(`Tab did not come to ${name}; it passed ${passed.join(" | ")}`);
}
