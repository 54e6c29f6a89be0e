import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { Agent, request } from "node:http";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import Sqlite from "better-sqlite3";
import { afterAll, describe, expect, it } from "vitest";
import { type RunningPaydesk, startPaydesk } from "../e2e/paydesk.ts";

const WEBHOOKS = 10_000;
const CONNECTIONS = 64;
const KILL_AFTER = 4_000;
const TOKEN = "a-token-for-the-kill-test";

const sample = readFileSync(resolve("tests/fixtures/xendit/payment.capture.cards.v3.challenge.json"), "utf8");

/** The sample as another payment's: ids of its own, so that no two webhooks are the same event. */
function webhook(index: number): string {
  const tail = String(index).padStart(12, "0");
  return sample.replace(/\b(pr|py|cptr)-[0-9a-f-]{36}/g, `$1-00000000-0000-4000-8000-${tail}`);
}

describe("a process killed in the middle of 10,000 webhooks on 64 connections", () => {
  const folder = mkdtempSync(join(tmpdir(), "paydesk-kill-"));
  const file = join(folder, "paydesk.db");
  const environment = { DATABASE_URL: `file:${file}`, XENDIT_WEBHOOK_TOKENS: `test:${TOKEN}` };
  let paydesk: RunningPaydesk | undefined;

  afterAll(async () => {
    await paydesk?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it("has every event it acknowledged, and takes the rest as if nothing had happened", {
    timeout: 400_000,
  }, async () => {
    const acknowledged = new Map<number, string>();
    paydesk = await startPaydesk(environment);
    const all = Array.from({ length: WEBHOOKS }, (_, index) => index);
    let killed: Promise<void> | null = null;
    await deliver(paydesk.url, all, (index, eventId) => {
      acknowledged.set(index, eventId);
      if (acknowledged.size === KILL_AFTER) killed = paydesk?.stop("SIGKILL") ?? null;
    });
    await killed;
    expect(acknowledged.size).toBeGreaterThanOrEqual(KILL_AFTER);
    expect(acknowledged.size).toBeLessThan(WEBHOOKS);

    paydesk = await startPaydesk(environment);
    const kept = storedEvents(file);
    expect([...acknowledged.values()].filter((eventId) => !kept.has(eventId))).toEqual([]);

    // What was stored but not acknowledged comes again and is known; nothing is there twice.
    const rest = all.filter((index) => !acknowledged.has(index));
    const now = new Map<number, string>();
    await deliver(paydesk.url, rest, (index, eventId) => now.set(index, eventId));
    expect(now.size).toBe(rest.length);
    expect(storedEvents(file).size).toBe(WEBHOOKS);
    expect(countOf(file, "payment_requests")).toBe(WEBHOOKS);

    const [first = 0] = acknowledged.keys();
    const again = new Map<number, string>();
    await deliver(paydesk.url, [first], (index, eventId) => again.set(index, eventId));
    expect(again.get(first)).toBe(acknowledged.get(first));
  });
});

/** Sends on so many connections at once; a connection that dies takes its sender with it. */
async function deliver(
  url: string,
  indexes: readonly number[],
  onAcknowledged: (index: number, eventId: string) => void,
): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const queue = [...indexes];
  const sender = async () => {
    for (let index = queue.shift(); index !== undefined; index = queue.shift()) {
      const eventId = await post(url, index, agent).catch(() => null);
      if (eventId === null) return;
      onAcknowledged(index, eventId);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, sender));
  agent.destroy();
}

function post(url: string, index: number, agent: Agent): Promise<string | null> {
  const headers = { "x-callback-token": TOKEN, "webhook-id": `wh-${index}`, "content-type": "application/json" };
  return new Promise((done, fail) => {
    const sent = request(`${url}/webhooks/xendit`, { method: "POST", agent, headers }, (answer) => {
      let text = "";
      answer.on("data", (chunk) => {
        text += chunk;
      });
      answer.on("error", fail);
      answer.on("end", () => done(answer.statusCode === 200 ? JSON.parse(text).event_id : null));
    });
    sent.on("error", fail);
    sent.end(webhook(index));
  });
}

function storedEvents(file: string): ReadonlySet<string> {
  const connection = new Sqlite(file, { readonly: true });
  const ids = connection.prepare<[], string>("select event_id from events").pluck().all();
  connection.close();
  return new Set(ids);
}

function countOf(file: string, table: string): number {
  const connection = new Sqlite(file, { readonly: true });
  const [count = 0] = connection.prepare<[], number>(`select count(*) from ${table}`).pluck().all();
  connection.close();
  return count;
}
