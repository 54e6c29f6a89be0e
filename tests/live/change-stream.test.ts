import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Change, Database } from "~/db.server.ts";
import { changeStream, isVisible } from "~/domain/live/change-stream.server.ts";
import { openStream } from "~/domain/live/open-streams.server.ts";
import type { Scope } from "~/lib/scope.ts";

const sandbox: Scope = { environments: ["sandbox"], businessIds: null };
const change = (fields: Partial<Change> = {}): Change => ({
  environment: "sandbox",
  businessId: "biz-1",
  paymentRequestId: "pr-1",
  paymentSessionId: null,
  eventId: null,
  ...fields,
});

/** As much of a store as a stream listens to. */
function aStoreThatChanges() {
  const listeners = new Set<(changes: readonly Change[]) => void>();
  const db = {
    onChange(listener: (changes: readonly Change[]) => void) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  } as unknown as Database;
  return { db, listeners, tell: (...changes: Change[]) => listeners.forEach((listener) => void listener(changes)) };
}

function follow(db: Database, options: { scope?: Scope; recheck?: () => Promise<Scope | null> } = {}) {
  const gone = new AbortController();
  const scope = options.scope ?? sandbox;
  const stream = changeStream(db, { scope, recheck: options.recheck ?? (async () => scope), signal: gone.signal });
  const said: string[] = [];
  const state = { isDone: false };
  void (async () => {
    const reader = stream.getReader();
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      said.push(new TextDecoder().decode(next.value));
    }
    state.isDone = true;
  })();
  return { gone, state, changes: () => said.filter((text) => text.includes("event: changed")).length, said };
}

describe("the live stream", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("says that something changed, and not what", async () => {
    const store = aStoreThatChanges();
    const browser = follow(store.db);
    store.tell(change());
    await vi.advanceTimersByTimeAsync(0);
    expect(browser.changes()).toBe(1);
    expect(browser.said.join("")).not.toContain("pr-1");
  });

  it("says so at most once a second, and never forgets the last change", async () => {
    const store = aStoreThatChanges();
    const browser = follow(store.db);
    for (let step = 0; step < 25; step++) {
      store.tell(change());
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(browser.changes()).toBe(3);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(browser.changes()).toBe(4);
  });

  it("is silent about what lies outside the scope", async () => {
    const store = aStoreThatChanges();
    const browser = follow(store.db, { scope: { environments: ["sandbox"], businessIds: ["biz-1"] } });
    store.tell(change({ environment: "live" }), change({ businessId: "biz-2" }), change({ businessId: null }));
    await vi.advanceTimersByTimeAsync(2_000);
    expect(browser.changes()).toBe(0);
    store.tell(change());
    await vi.advanceTimersByTimeAsync(0);
    expect(browser.changes()).toBe(1);
  });

  it("ends within 30 s of the sign-in, and follows a scope that was narrowed", async () => {
    const store = aStoreThatChanges();
    let now: Scope | null = { environments: ["test"], businessIds: null };
    const browser = follow(store.db, { recheck: async () => now });
    await vi.advanceTimersByTimeAsync(30_000);
    store.tell(change());
    await vi.advanceTimersByTimeAsync(1_000);
    expect(browser.changes()).toBe(0);
    now = null;
    await vi.advanceTimersByTimeAsync(30_000);
    expect(browser.state.isDone).toBe(true);
    expect(store.listeners.size).toBe(0);
  });

  it("gives a sign of life while nothing happens", async () => {
    const browser = follow(aStoreThatChanges().db);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(browser.said.filter((text) => text.startsWith(":"))).toHaveLength(4);
  });

  it("lets go of the store when the browser is gone", async () => {
    const store = aStoreThatChanges();
    const browser = follow(store.db);
    browser.gone.abort();
    await vi.advanceTimersByTimeAsync(0);
    expect(browser.state.isDone).toBe(true);
    expect(store.listeners.size).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe("open streams", () => {
  it("make room for the newest when one operator holds too many", () => {
    const signals = Array.from({ length: 5 }, () => openStream("op_1", new AbortController().signal));
    const other = openStream("op_2", new AbortController().signal);
    expect(signals.map((signal) => signal.aborted)).toEqual([true, false, false, false, false]);
    expect(other.aborted).toBe(false);
  });
});

it("shows a change without a business id only to whoever sees all of them", () => {
  expect(isVisible({ environment: "sandbox", businessId: null }, sandbox)).toBe(true);
  expect(isVisible({ environment: "sandbox", businessId: null }, { ...sandbox, businessIds: ["biz-1"] })).toBe(false);
});
