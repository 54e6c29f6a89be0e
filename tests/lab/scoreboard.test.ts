import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Database } from "~/db.server.ts";
import { LAB_POINTS, MAX_REQUESTS } from "~/domain/lab/lab.ts";
import type { LabRun } from "~/domain/lab/lab-queries.server.ts";
import { scoreOf } from "~/domain/lab/scoreboard.ts";
import { aConfig } from "../setup/config.ts";
import { createTestDatabase } from "../setup/db.ts";
import { createGoodReceiver } from "./good-receiver.ts";
import { aLabDestination, aPlantedApi, aRecorder, play, SECRET, serve, TOKEN } from "./lab-desk.ts";
import { createNaiveReceiver } from "./naive-receiver.ts";

const config = aConfig();
let db: Database;
const open: { close(): Promise<void> }[] = [];

beforeEach(async () => {
  db = await createTestDatabase();
});
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
  await db.close();
});

/** Each point's verdict, and beside it why, for whoever reads a failed test. */
function verdicts(run: LabRun): Record<string, string> {
  return Object.fromEntries(scoreOf(run.findings).rows.map(({ point, verdict }) => [point, verdict]));
}

const every = (verdict: string) => Object.fromEntries(LAB_POINTS.map((point) => [point, verdict]));

describe("the scoreboard", () => {
  it("passes a good endpoint on every point", async () => {
    const api = aPlantedApi();
    const good = await serve(createGoodReceiver({ token: TOKEN, secret: SECRET, askXendit: api.ask }));
    open.push(good);
    const destinationId = await aLabDestination(db, config, good);
    const probeUrl = `${good.origin}/probe`;
    const run = await play({ db, config, plant: api.plant }, { destinationId, probeUrl });
    expect(verdicts(run), JSON.stringify(run.findings, null, 1)).toEqual(every("passed"));
    expect(run.requests.length).toBeLessThan(MAX_REQUESTS);
  }, 60_000);

  it("fails a naive one on every point", async () => {
    const naive = await serve(createNaiveReceiver({ workMs: 110, now: Date.now }));
    open.push(naive);
    const destinationId = await aLabDestination(db, config, naive);
    const probeUrl = `${naive.origin}/probe`;
    const run = await play({ db, config }, { destinationId, probeUrl });
    expect(verdicts(run), JSON.stringify(run.findings, null, 1)).toEqual(every("failed"));
  }, 60_000);

  it("calls what answers alone do not tell not observable, and never green", async () => {
    const polite = await aRecorder();
    open.push(polite);
    const destinationId = await aLabDestination(db, config, { ...polite, secret: null });
    const run = await play({ db, config }, { destinationId });
    expect(verdicts(run)).toEqual({
      acknowledges: "passed",
      in_time: "passed",
      checks_token: "failed",
      checks_signature: "not_observable",
      deduplicates: "not_observable",
      order_safe: "not_observable",
      takes_late: "not_observable",
      survives_garbage: "failed",
      tolerates_unknown: "passed",
      distrusts_conflict: "not_observable",
      finds_lost: "not_observable",
    });
  }, 60_000);

  it("does not go on waiting for an endpoint where nobody answers", async () => {
    const gone = await aRecorder();
    await gone.close();
    const destinationId = await aLabDestination(db, config, gone);
    const run = await play({ db, config }, { destinationId });
    expect(run.requests).toHaveLength(4);
    expect(verdicts(run)).toMatchObject({ acknowledges: "failed", checks_token: "not_observable" });
    expect(run.findings.find(({ point }) => point === "checks_token")?.detail).toMatch(/nothing .* was answered/);
  });

  it("counts a redirect as no refusal and no acceptance", async () => {
    const moved = await aRecorder(() => 302);
    open.push(moved);
    const destinationId = await aLabDestination(db, config, moved);
    const scenarios = ["plain", "wrong_token", "truncated"] as const;
    const run = await play({ db, config }, { destinationId, scenarios });
    expect(verdicts(run)).toMatchObject({
      acknowledges: "failed",
      checks_token: "failed",
      survives_garbage: "failed",
    });
  });
});
