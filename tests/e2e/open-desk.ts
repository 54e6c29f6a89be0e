import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { createAdministrator, launchBrowser, type RunningPaydesk, startPaydesk } from "./paydesk.ts";

/** What webhooks of the sandbox come with on an open desk. */
const TOKEN = "a-token-of-the-sandbox-for-this-test";

export interface OpenDesk {
  readonly paydesk: RunningPaydesk;
  readonly browser: Browser;
  /** The first administrator's. */
  readonly page: Page;
  close(): Promise<void>;
}

/** A Paydesk of its own, empty unless told otherwise, and a browser in which its first administrator is signed in. */
export async function openDesk(
  environment: Record<string, string> = {},
  options: BrowserContextOptions = {},
): Promise<OpenDesk> {
  const [paydesk, browser] = await Promise.all([
    startPaydesk({ XENDIT_WEBHOOK_TOKENS: `sandbox:${TOKEN}`, ...environment }),
    launchBrowser(),
  ]);
  const close = () => browser.close().finally(() => paydesk.stop());
  try {
    const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options })).newPage();
    await createAdministrator(page, paydesk);
    return { paydesk, browser, page, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Sends a webhook as the sandbox does; throws unless it was taken. */
export async function sendWebhook({ url }: Pick<RunningPaydesk, "url">, body: unknown): Promise<{ event_id: string }> {
  const response = await fetch(`${url}/webhooks/xendit`, {
    method: "POST",
    headers: { "x-callback-token": TOKEN, "content-type": "application/json" },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
  if (response.status !== 200) throw new Error(`The webhook was answered ${response.status}`);
  return (await response.json()) as { event_id: string };
}
