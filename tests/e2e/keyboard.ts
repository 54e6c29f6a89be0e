import type { Page } from "playwright-core";

/** More stops than any page of ours has. */
const MANY = 400;

export interface Walk {
  /** What can take the focus and Tab never came to. */
  readonly missed: readonly string[];
  /** Where nothing on the screen said that the focus was there. */
  readonly invisible: readonly string[];
  readonly stops: number;
}

/**
 * Presses Tab from the top of the page until it leaves it again, as somebody without a mouse would. A trap, which never
 * lets go, is an error.
 */
export async function walkByKeyboard(page: Page, within = "body"): Promise<Walk> {
  const wanted = await page.evaluate(markStops, within);
  await page.evaluate(() => {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    window.getSelection()?.removeAllRanges();
    window.scrollTo(0, 0);
  });
  const seen = new Set<string>();
  const invisible: string[] = [];
  for (let presses = 0; presses < MANY; presses++) {
    await page.keyboard.press("Tab");
    const stop = await page.evaluate(whereFocusIs);
    if (stop === null || seen.has(stop.id)) {
      const missed = wanted.filter(({ id }) => !seen.has(id)).map(({ name }) => name);
      return { missed, invisible, stops: seen.size };
    }
    seen.add(stop.id);
    if (!stop.isVisible) invisible.push(stop.name);
  }
  throw new Error(`Tab never left the page: the focus is trapped after ${seen.size} stops`);
}

/** Runs in the page. Gives every control a number; of a group of radio buttons only one is a stop. */
function markStops(within: string): { id: string; name: string }[] {
  const controls = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]";
  const radios = new Set<string>();
  const canFocus = (element: Element) => {
    if (!(element instanceof HTMLElement) || element.tabIndex < 0 || element.closest("[inert]")) return false;
    if (element.matches(":disabled") || !element.checkVisibility({ visibilityProperty: true })) return false;
    if (!(element instanceof HTMLInputElement) || element.type !== "radio") return true;
    if (radios.has(element.name)) return false;
    radios.add(element.name);
    return true;
  };
  return [...document.querySelectorAll(`${within} :is(${controls})`)].filter(canFocus).map((element, index) => {
    element.setAttribute("data-stop", String(index));
    return { id: String(index), name: element.outerHTML.slice(0, 160) };
  });
}

/** Runs in the page. `null` once the focus has left it. */
function whereFocusIs(): { id: string; name: string; isVisible: boolean } | null {
  const element = document.activeElement;
  // A menu that closed leaves a guard at the very end of the document for a moment.
  if (!(element instanceof HTMLElement) || element === document.body) return null;
  if (element.hasAttribute("data-radix-focus-guard")) return null;
  const isMarked = (one: Element | null) => {
    if (one === null) return false;
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one);
    return (outlineStyle !== "none" && outlineWidth !== "0px") || boxShadow !== "none";
  };
  // A field in a box of its own may show the focus on the box, a row on its cells.
  const isVisible = [element, element.parentElement, element.firstElementChild].some(isMarked);
  const id = element.getAttribute("data-stop") ?? `unmarked ${element.outerHTML.slice(0, 160)}`;
  return { id, name: element.outerHTML.slice(0, 160), isVisible };
}
