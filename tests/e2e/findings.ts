import { createRequire } from "node:module";
import type { Page } from "playwright-core";

const axePath = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

/** What everybody's work day has, and the hardest for a layout. */
export const screens = [
  { width: 1440, height: 900, colorScheme: "light" },
  { width: 390, height: 844, colorScheme: "dark" },
] as const;

/** What a screen must never have: an error in the console, a page wider than the window, a serious finding of axe. */
export async function findings(page: Page, url: string): Promise<string[]> {
  const found: string[] = [];
  page.on("console", (message) => message.type() === "error" && found.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => found.push(`error: ${error.message}`));
  const response = await page.goto(url);
  if (response?.status() !== 200) found.push(`status ${response?.status()}`);
  await page.locator("h1").waitFor();
  await page.locator("html[data-ready]").waitFor({ state: "attached" });
  return found.concat(await screenFindings(page));
}

/** The same of what is on the screen now: a dialog that was opened, a form that complains. */
export async function screenFindings(page: Page): Promise<string[]> {
  // A page is paler while the next is on its way.
  await page.waitForFunction(() => {
    const main = document.querySelector("main");
    return !main || (main.getAttribute("aria-busy") !== "true" && getComputedStyle(main).opacity === "1");
  });
  const isWider = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
  await page.addScriptTag({ path: axePath });
  const violations = await page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run(): Promise<{ violations: AxeViolation[] }> } };
    return (await axe.run()).violations;
  });
  const serious = violations.filter(isSerious).map(({ id, nodes }) => `axe ${id}: ${nodes[0]?.html}`);
  return isWider ? ["wider than the window", ...serious] : serious;
}

interface AxeViolation {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly { readonly html: string }[];
}

function isSerious({ impact }: AxeViolation): boolean {
  return impact === "serious" || impact === "critical";
}
