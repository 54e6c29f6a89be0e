import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import { findChromium } from "../../scripts/find-chromium.mjs";

const root = resolve(import.meta.dirname, "../..");

export interface RunningPaydesk {
  readonly url: string;
  readonly firstLink: string;
  /** Everything the process wrote: database, logs, secrets. */
  readonly folder: string;
  output(): string;
  /** Its exit code, once it has ended; `null` when a signal ended it. */
  readonly exited: Promise<number | null>;
  signal(signal: NodeJS.Signals): void;
  stop(signal?: NodeJS.Signals): Promise<void>;
}

/** The built product as a newcomer starts it, on a free port, in a folder of its own. */
export async function startPaydesk(environment: Record<string, string> = {}): Promise<RunningPaydesk> {
  const folder = mkdtempSync(join(tmpdir(), "paydesk-e2e-"));
  const port = await freePort();
  const child = spawn(process.execPath, ["scripts/start.mjs"], {
    cwd: root,
    env: {
      NODE_ENV: "production",
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      PORT: String(port),
      DATABASE_URL: `file:${join(folder, "paydesk.db")}`,
      PAYDESK_DEMO: "0",
      ...environment,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const written: string[] = [];
  child.stdout.on("data", (chunk: Buffer) => written.push(chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => written.push(chunk.toString()));
  const output = () => written.join("");
  const exited = new Promise<number | null>((done) => child.once("exit", (code) => done(code)));
  const firstLink = await waitFor(child, output, /Sign in: (\S+)/);
  return {
    url: new URL(firstLink).origin,
    firstLink,
    folder,
    output,
    exited,
    signal: (signal) => void child.kill(signal),
    async stop(signal = "SIGTERM") {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill(signal);
        await exited;
      }
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: findChromium() ?? undefined,
    args: [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

/** Opens a page and waits until its keys and menus work: until then it is only drawn, and what is pressed may be lost. */
export async function openPage(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.locator("html[data-ready]").waitFor({ state: "attached" });
}

/** Spends the printed link. */
export async function createAdministrator(page: Page, { firstLink }: Pick<RunningPaydesk, "firstLink">): Promise<void> {
  await openPage(page, firstLink);
  await page.getByLabel("Email").fill("ada@example.com");
  await page.getByLabel("Password").fill("a long enough pass phrase");
  await page.getByRole("button", { name: "Create administrator" }).click();
  await page.getByRole("heading", { level: 1, name: "Overview" }).waitFor();
}

async function waitFor(child: ChildProcess, output: () => string, pattern: RegExp): Promise<string> {
  const deadline = Date.now() + 240_000;
  while (Date.now() < deadline) {
    const found = pattern.exec(output())?.[1];
    if (found) return found;
    if (child.exitCode !== null) break;
    await new Promise((done) => setTimeout(done, 50));
  }
  child.kill("SIGKILL");
  throw new Error(`Paydesk did not print ${pattern}:\n${output()}`);
}

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer();
    probe.once("error", fail);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => (typeof address === "object" && address ? done(address.port) : fail(new Error("no port"))));
    });
  });
}
