import { createServer, type Server } from "node:http";
import { eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Database } from "~/db.server.ts";
import { cancelLabRun } from "~/domain/lab/change-lab-run.server.ts";
import { LAB_SCENARIOS } from "~/domain/lab/lab.ts";
import { findCertificate } from "~/domain/lab/lab-queries.server.ts";
import { makeScenario } from "~/domain/lab/scenarios.ts";
import { startLabRun } from "~/domain/lab/start-lab-run.server.ts";
import { anOperator, until } from "../replays/desk.ts";
import { aConfig } from "../setup/config.ts";
import { createTestDatabase } from "../setup/db.ts";
import { createGoodReceiver } from "./good-receiver.ts";
import { aLabDestination, aRecorder, aRunner, order, play, serve, stateOf, TOKEN, theRun } from "./lab-desk.ts";

const config = aConfig();
const everything = anOperator("payments:read").scope;
let db: Database;
const open: { close(): Promise<void> }[] = [];

beforeEach(async () => {
  db = await createTestDatabase();
});
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
  await db.close();
});

async function recorder(answer?: Parameters<typeof aRecorder>[0]) {
  const one = await aRecorder(answer);
  open.push(one);
  return one;
}

/** Repeats what it was told in its answer. */
function createServerThatSays(say: (told: { token: string }) => string): Server {
  return createServer((request, response) => {
    request.resume();
    response.end(say({ token: String(request.headers["x-callback-token"]) }));
  });
}

const digests = (run: Awaited<ReturnType<typeof theRun>>) =>
  run.requests.map(({ sequence, scenario, bodyDigest }) => [sequence, scenario, bodyDigest]);

describe("a seed", () => {
  it("makes the same bytes each time, and another seed others", async () => {
    const { received, ...at } = await recorder();
    const destinationId = await aLabDestination(db, config, at);
    const scenarios = LAB_SCENARIOS.filter((one) => one !== "burst");
    const options = { destinationId, scenarios, seed: "1767225600" };
    const first = await play({ db, config }, options);
    const bodies = received.splice(0).map(({ body }) => body);
    const second = await play({ db, config }, options);
    expect(received.splice(0).map(({ body }) => body)).toEqual(bodies);
    expect(digests(second)).toEqual(digests(first));
    const other = await play({ db, config }, { ...options, seed: "1767225601" });
    const known = new Set(first.requests.filter(({ about }) => !/empty|null/.test(about)).map((one) => one.bodyDigest));
    expect(other.requests.filter(({ bodyDigest }) => known.has(bodyDigest))).toEqual([]);
  }, 60_000);

  it("is the present second unless one is given, and never a later one", async () => {
    const at = await recorder();
    const destinationId = await aLabDestination(db, config, at);
    const run = await play({ db, config }, { destinationId, scenarios: ["plain"] });
    expect(run.seed).toBe(Math.floor(run.startedAt / 1000));
    const now = new Date("2026-05-04T00:00:00Z");
    const seed = String(now.getTime() / 1000 + 1);
    const form = { destinationId, scenarios: ["plain" as const], seed, probeUrl: "" };
    const operator = anOperator("destinations:write");
    expect(await startLabRun(db, { ...form, config, operator, now })).toMatchObject({ refusal: "seed_in_future" });
  });

  it("gives each scenario payments of its own", () => {
    const ids = LAB_SCENARIOS.flatMap((scenario) => {
      const { probes } = makeScenario(scenario, 7);
      return [...new Set(probes.map(({ paymentRequestId }) => paymentRequestId))];
    });
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe("what the lab sends", () => {
  it("carries the destination's token and signature and the lab's mark, and is no replay", async () => {
    const { received, ...at } = await recorder();
    const destinationId = await aLabDestination(db, config, at);
    const run = await play({ db, config }, { destinationId, scenarios: ["plain", "wrong_token", "missing_token"] });
    const tokens = received.map(({ headers }) => headers["x-callback-token"]);
    expect(tokens.slice(0, 4)).toEqual([TOKEN, TOKEN, TOKEN, TOKEN]);
    expect(tokens[4]).toHaveLength(TOKEN.length);
    expect(tokens[4]).not.toBe(TOKEN);
    expect(tokens[5]).toBeUndefined();
    for (const { headers } of received) {
      expect(headers["webhook-signature"]).toMatch(/^v1,/);
      expect(Object.keys(headers).filter((name) => name.includes("replay"))).toEqual([]);
    }
    expect(received.map(({ headers }) => headers["paydesk-lab"])).toEqual(
      run.requests.map(({ sequence }) => `${run.runId}/${sequence}`),
    );
  });

  it("cuts a body short with the length of what is sent", async () => {
    const { received, ...at } = await recorder();
    const destinationId = await aLabDestination(db, config, at);
    await play({ db, config }, { destinationId, scenarios: ["truncated"] });
    const [cut] = received;
    expect(() => JSON.parse(cut?.body ?? "")).toThrow();
    expect(Number(cut?.headers["content-length"])).toBe(Buffer.byteLength(cut?.body ?? ""));
  });

  it("leaves the destination's health and breaker alone", async () => {
    const at = await recorder(() => 503);
    const destinationId = await aLabDestination(db, config, at);
    const { destinations } = db.tables;
    const health = () => db.read.select().from(destinations).where(eq(destinations.destinationId, destinationId));
    const before = await health();
    await play({ db, config }, { destinationId });
    expect(await health()).toEqual(before);
  }, 60_000);

  it("keeps neither the token nor card data of what an endpoint echoes", async () => {
    const echo = await serve(
      createServerThatSays(({ token }) => `token ${token}, card_number=4000000000001091 <script>alert(1)</script>`),
    );
    open.push(echo);
    const destinationId = await aLabDestination(db, config, echo);
    const run = await play({ db, config }, { destinationId, scenarios: ["plain"] });
    const kept = run.requests[0]?.responseExcerpt ?? "";
    expect(kept).toContain("token [token]");
    expect(kept).not.toContain("4000000000001091");
    expect(JSON.stringify(run.findings)).not.toContain("script");
  });
});

describe("a run", () => {
  it("goes on after a restart with what was not played yet, and sends the cut-off scenario's bytes again", async () => {
    let held: (() => void) | null = null;
    const { received, ...at } = await recorder((index) =>
      index === 5 ? new Promise((answer) => (held = () => answer(200))) : 200,
    );
    const destinationId = await aLabDestination(db, config, at);
    const first = aRunner({ db, config, answerWithinMs: 20_000 });
    const runId = await order(db, config, {
      destinationId,
      scenarios: ["plain", "duplicate", "late"],
      seed: "1767225600",
    });
    first.signals.ring("lab");
    await until(() => held !== null);
    await first.stop();
    expect(await stateOf(db, runId)).toBe("running");
    expect((await theRun(db, runId)).findings.map(({ scenario }) => scenario)).toContain("plain");

    const second = aRunner({ db, config });
    await until(async () => (await stateOf(db, runId)) === "finished");
    await second.stop();
    const run = await theRun(db, runId);
    expect(run.requests.map(({ scenario }) => scenario)).toEqual([
      ...Array(4).fill("plain"),
      ...Array(3).fill("duplicate"),
      "late",
    ]);
    // Four of the plain one once; of the duplicate's three, two were under way before the restart.
    expect(received).toHaveLength(4 + 2 + 3 + 1);
    expect(received[6]?.body).toBe(received[4]?.body);
    expect(await findCertificate(db, everything, runId)).toMatchObject({ isIntact: true });
  }, 60_000);

  it("stops when it is cancelled, keeps what it found out, and certifies nothing", async () => {
    let isStuck = false;
    const { received, ...at } = await recorder((index) => {
      if (index !== 4) return 200;
      isStuck = true;
      return new Promise(() => {});
    });
    const destinationId = await aLabDestination(db, config, at);
    const runner = aRunner({ db, config, answerWithinMs: 20_000 });
    const runId = await order(db, config, { destinationId });
    runner.signals.ring("lab");
    await until(() => isStuck);
    const operator = anOperator("destinations:write");
    expect(await cancelLabRun(db, { runId, operator, now: new Date() })).toMatchObject({ ok: true });
    runner.signals.ring("lab");
    await runner.stop();
    expect(received).toHaveLength(5);
    const run = await theRun(db, runId);
    expect(run.state).toBe("cancelled");
    expect(new Set(run.findings.map(({ scenario }) => scenario))).toEqual(new Set(["plain"]));
    expect(await findCertificate(db, everything, runId)).toBeNull();
    expect(await cancelLabRun(db, { runId, operator, now: new Date() })).toMatchObject({
      refusal: "not_in_that_state",
    });
  }, 60_000);

  it("is the only one of its destination", async () => {
    const at = await recorder();
    const destinationId = await aLabDestination(db, config, at);
    await order(db, config, { destinationId });
    await expect(order(db, config, { destinationId })).rejects.toThrow("already_running");
    const other = await aLabDestination(db, config, { ...at, name: "another" });
    await expect(order(db, config, { destinationId: other })).resolves.toMatch(/^lab_/);
  });

  it("is not ordered against a destination that also takes what one may not point anywhere", async () => {
    const maker = { operatorId: "op_1", email: "ada@example.com", passwordHash: "-", role: "admin" as const };
    const row = { ...maker, environments: null, businessIds: null, preferences: {}, createdAt: 1 };
    await db.write([{ query: db.read.insert(db.tables.operators).values(row), rows: 1 }]);
    const destinationId = await aLabDestination(db, config, await recorder());
    const form = { destinationId, probeUrl: "", seed: "", scenarios: [...LAB_SCENARIOS], config, now: new Date() };
    const merchant = anOperator("destinations:write", { operatorId: "op_2", role: "merchant" });
    const refused = await startLabRun(db, { ...form, operator: merchant });
    expect(refused).toMatchObject({ ok: false, refusal: "destination_takes_more" });
    expect(await startLabRun(db, { ...form, operator: anOperator("destinations:write") })).toMatchObject({ ok: true });
  });

  it("sends nothing more to a destination that is switched off meanwhile", async () => {
    const { destinations } = db.tables;
    const off = () => db.write([{ query: db.read.update(destinations).set({ isOn: false }), rows: "any" }]);
    const { received, ...at } = await recorder(async (index) => {
      if (index === 3) await off();
      return 200;
    });
    const destinationId = await aLabDestination(db, config, at);
    const run = await play({ db, config }, { destinationId });
    expect(received).toHaveLength(4);
    expect(run.findings.find(({ scenario }) => scenario === "duplicate")?.verdict).toBe("not_observable");
  });

  it("tells a probe the token only at the destination's own origin", async () => {
    const [shop, elsewhere] = [await recorder(), await recorder()];
    const destinationId = await aLabDestination(db, config, shop);
    for (const { origin } of [shop, elsewhere]) {
      await play({ db, config }, { destinationId, probeUrl: `${origin}/probe`, scenarios: ["plain"] });
    }
    const tokensOf = ({ received }: typeof shop) =>
      received.filter(({ body }) => body === "").map(({ headers }) => headers["x-callback-token"]);
    expect(tokensOf(shop)).toContain(TOKEN);
    expect(tokensOf(elsewhere).length).toBeGreaterThan(0);
    expect(tokensOf(elsewhere).every((token) => token === undefined)).toBe(true);
  });

  it("refuses a probe where the guard would refuse a destination", async () => {
    const at = await recorder();
    const destinationId = await aLabDestination(db, config, at);
    for (const probeUrl of ["http://169.254.169.254/latest", "http://127.0.0.1:3000/probe", "ftp://shop.example/"]) {
      await expect(order(db, config, { destinationId, probeUrl })).rejects.toThrow("probe_not_allowed");
    }
  });
});

describe("a certificate", () => {
  it("no longer holds when a stored verdict is changed", async () => {
    const at = await recorder();
    const destinationId = await aLabDestination(db, config, at);
    const run = await play({ db, config }, { destinationId, scenarios: ["wrong_token"] });
    expect(await findCertificate(db, everything, run.runId)).toMatchObject({ isIntact: true, digest: run.digest });
    const { labResults } = db.tables;
    await db.write([{ query: db.read.update(labResults).set({ verdict: "passed" }), rows: "any" }]);
    expect(await findCertificate(db, everything, run.runId)).toMatchObject({ isIntact: false, digest: run.digest });
  });

  it("can be earned again after the endpoint was mended, with the same seed", async () => {
    const askXendit = async () => null;
    const receiver = await serve(createGoodReceiver({ token: TOKEN, secret: null, askXendit }));
    open.push(receiver);
    const destinationId = await aLabDestination(db, config, { ...receiver, secret: null });
    const options = {
      destinationId,
      probeUrl: `${receiver.origin}/probe`,
      seed: "1767225600",
      scenarios: ["plain", "duplicate", "conflict", "wrong_token"] as const,
    };
    const verdicts = (run: Awaited<ReturnType<typeof play>>) =>
      run.findings.map(({ point, verdict }) => [point, verdict]);
    const first = await play({ db, config }, options);
    const again = await play({ db, config }, options);
    expect(verdicts(first).every(([, verdict]) => verdict === "passed")).toBe(true);
    expect(verdicts(again)).toEqual(verdicts(first));
    expect(again.digest).not.toBe(first.digest);
  }, 60_000);
});
