import { expect, it } from "vitest";
import { runReplay } from "../../bench/replay-rig.ts";

const EVENTS = 2_000;
const CONCURRENCY = 8;
const RATE = 250;

it("ends every event of a large replay by name, though Paydesk is killed in it and the destination started again", {
  timeout: 240_000,
}, async () => {
  const outcome = await runReplay({
    events: EVENTS,
    ratePerSecond: RATE,
    concurrency: CONCURRENCY,
    failingShare: 0.05,
    killAt: 0.3,
    restartAt: 0.6,
    resetsBreaker: true,
    atMostMs: 220_000,
    say: () => {},
  });
  expect(outcome).toMatchObject({ state: "finished", total: EVENTS, failedUnnamed: 0, deliveredUnseen: 0 });
  expect((outcome.counts.delivered ?? 0) + (outcome.counts.failed ?? 0)).toBe(EVENTS);
  // The destination did fail, and did answer twice no more than what was under way at the kill.
  expect(outcome.failedRequests).toBeGreaterThan(EVENTS * 0.02);
  expect(outcome.acknowledgedAgain).toBeLessThanOrEqual(CONCURRENCY);
  // What was under way while the destination stood still for a moment reaches it at once.
  expect(outcome.busiestSecond).toBeLessThanOrEqual(RATE * 1.1 + CONCURRENCY);
  expect(outcome.captured).toBeGreaterThan(0);
  expect(outcome.capturedLost).toBe(0);
});
