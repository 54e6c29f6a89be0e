import { eq } from "drizzle-orm";
import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import type { Database } from "~/db.server.ts";
import {
  afterAttempt,
  attemptsAllowed,
  type Breaker,
  breakerState,
  FAILURES_TO_OPEN,
  nextAttemptAllowedAt,
  OPEN_FOR_MS,
  outcomeWeight,
} from "~/domain/destinations/breaker.ts";
import { healthStatement } from "~/domain/destinations/destination-health.server.ts";
import { aDestination } from "../replays/desk.ts";
import { aConfig } from "../setup/config.ts";
import { createTestDatabase } from "../setup/db.ts";

const MINUTE = 60_000;
const fresh: Breaker = { failuresInRow: 0, breakerOpenedAt: null };

function failing(times: number, { from = fresh, at = 0 } = {}): Breaker {
  let breaker = from;
  for (let time = 0; time < times; time++) breaker = afterAttempt(breaker, { outcome: "503", at });
  return breaker;
}

describe("the circuit breaker", () => {
  it("opens at the tenth failure in a row, not before", () => {
    expect(breakerState(failing(FAILURES_TO_OPEN - 1), 0)).toBe("closed");
    expect(breakerState(failing(FAILURES_TO_OPEN), 0)).toBe("open");
    const answered = afterAttempt(failing(9), { outcome: "200", at: 0 });
    expect(failing(9, { from: answered })).toMatchObject({ failuresInRow: 9, breakerOpenedAt: null });
  });

  it("lets one probe through after a minute, and nothing before", () => {
    const open = failing(FAILURES_TO_OPEN, { at: 1_000 });
    expect(attemptsAllowed(open, { concurrency: 4, now: 1_000 + MINUTE - 1 })).toBe(0);
    expect(nextAttemptAllowedAt(open, 2_000)).toBe(1_000 + MINUTE);
    expect(breakerState(open, 1_000 + MINUTE)).toBe("half_open");
    expect(attemptsAllowed(open, { concurrency: 4, now: 1_000 + MINUTE })).toBe(1);
    expect(nextAttemptAllowedAt(open, 90_000)).toBe(90_000);
    expect(attemptsAllowed(fresh, { concurrency: 4, now: 0 })).toBe(4);
  });

  it("stays open twice as long after each probe that fails, up to half an hour, and closes with the first answer", () => {
    let breaker = failing(FAILURES_TO_OPEN);
    let at = 0;
    const waits = Array.from({ length: 8 }, () => {
      const wait = nextAttemptAllowedAt(breaker, at) - at;
      at += wait;
      breaker = afterAttempt(breaker, { outcome: "timeout", at });
      return wait / MINUTE;
    });
    expect(waits).toEqual([1, 2, 4, 8, 16, 30, 30, 30]);
    expect(afterAttempt(breaker, { outcome: "404", at })).toEqual(fresh);
  });

  it("does not open for longer because of what was under way when it opened", () => {
    const open = failing(FAILURES_TO_OPEN, { at: 5_000 });
    const others = failing(31, { from: open, at: 5_900 });
    expect(others).toEqual(open);
  });

  it.each([
    ["timeout", "failure"],
    ["refused", "failure"],
    ["500", "failure"],
    ["503", "failure"],
    ["408", "failure"],
    ["429", "failure"],
    ["200", "answer"],
    ["302", "answer"],
    ["401", "answer"],
    ["404", "answer"],
    ["410", "answer"],
    ["blocked", "none"],
  ])("%s counts as %s", (outcome, weight) => {
    expect(outcomeWeight(outcome)).toBe(weight);
  });
});

describe("healthStatement", () => {
  let db: Database;
  let destinationId: string;
  beforeEach(async () => {
    db = await createTestDatabase();
    destinationId = await aDestination(db, aConfig(), { url: "https://hooks.example.com/" });
  });

  const row = async () => {
    const { destinations } = db.tables;
    const [found] = await db.read.select().from(destinations).where(eq(destinations.destinationId, destinationId));
    if (!found) throw new Error("gone");
    return found;
  };

  it("keeps when it was last delivered, when it last failed and how it last ended", async () => {
    await db.write([healthStatement(db, destinationId, { delivered: true, outcome: "200", at: 10 })]);
    await db.write([healthStatement(db, destinationId, { delivered: false, outcome: "404", at: 20 })]);
    expect(await row()).toMatchObject({ lastDeliveredAt: 10, lastFailedAt: 20, lastOutcome: "404", failuresInRow: 0 });
  });

  it("does to the row what the rules do to the breaker, whatever comes after whatever", async () => {
    const ends = fc.array(
      fc.record({
        outcome: fc.constantFrom("timeout", "refused", "503", "503", "503", "429", "200", "404", "blocked"),
        // Shorter than a minute, longer, and longer than the longest wait.
        after: fc.constantFrom(0, 1, 30_000, MINUTE, 5 * MINUTE, 40 * MINUTE),
      }),
      { maxLength: 40 },
    );
    await fc.assert(
      fc.asyncProperty(ends, fc.integer({ min: 0, max: 16 }), async (steps, already) => {
        let breaker: Breaker = { failuresInRow: already, breakerOpenedAt: already < FAILURES_TO_OPEN ? null : 0 };
        const { destinations } = db.tables;
        await db.write([{ query: db.read.update(destinations).set(breaker), rows: 1 }]);
        let at = 0;
        for (const { outcome, after } of steps) {
          at += after;
          breaker = afterAttempt(breaker, { outcome, at });
          await db.write([healthStatement(db, destinationId, { delivered: outcome === "200", outcome, at })]);
          expect(await row()).toMatchObject(breaker);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("knows as many waits in SQL as the rules have", async () => {
    for (const [step, wait] of OPEN_FOR_MS.entries()) {
      const open = { failuresInRow: FAILURES_TO_OPEN + step, breakerOpenedAt: 0 };
      for (const [at, counts] of [
        [wait - 1, false],
        [wait, true],
      ] as const) {
        await db.write([{ query: db.read.update(db.tables.destinations).set(open), rows: 1 }]);
        await db.write([healthStatement(db, destinationId, { delivered: false, outcome: "refused", at })]);
        expect((await row()).failuresInRow).toBe(open.failuresInRow + (counts ? 1 : 0));
      }
    }
  });
});
