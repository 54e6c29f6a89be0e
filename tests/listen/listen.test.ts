import { asc, eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { MAX_TOKEN_FAILURES } from "~/domain/tokens/token-failures.server.ts";
import type { Database } from "../../app/db.server.ts";
import { revokeToken } from "../../app/domain/tokens/revoke-token.server.ts";
import { aCaptureText, anEvent } from "../replays/desk.ts";
import { createTestDatabase } from "../setup/db.ts";
import { startTestServer, type TestServer } from "../setup/server.ts";
import { apiPages, aToken, faults, runListen, startTarget, until } from "./desk.ts";

let db: Database;
let desk: TestServer;
let target: Awaited<ReturnType<typeof startTarget>>;
const running: ReturnType<typeof runListen>[] = [];

beforeEach(async () => {
  faults.drop = "none";
  db = await createTestDatabase();
  desk = await startTestServer({ db, pages: apiPages });
  target = await startTarget();
});

afterEach(async () => {
  for (const one of running.splice(0)) {
    one.signal("SIGKILL");
    await one.exited;
  }
  await target.close();
  await desk.close();
});

function listenWith(token: string, ...args: string[]) {
  const all = ["--to", target.url, "--server", desk.url, ...args];
  const run = runListen(all, { PAYDESK_TOKEN: token });
  running.push(run);
  return run;
}

const headersOf = () => target.received.map(({ headers }) => headers["webhook-id"]);

describe("npm run listen", { timeout: 120_000 }, () => {
  it("delivers what is stored in order of capture, then what arrives, and shows it under Replays", async () => {
    const { token } = await aToken(db);
    for (const webhookId of ["one", "two", "three"]) await anEvent(db, { webhookId });
    const run = listenWith(token, "--since", "2026-01-01T00:00:00Z");
    await until(() => target.received.length === 3, run.output);
    await anEvent(db, { webhookId: "four" });
    await until(() => target.received.length === 4, run.output);
    expect(headersOf()).toEqual(["one", "two", "three", "four"]);
    expect(target.received[0]?.headers["webhook-signature"]).toMatch(/^v1,/);

    run.signal("SIGINT");
    expect(await run.exited).toBe(0);
    expect(run.output()).toContain("4 delivered");
    expect(run.output()).not.toContain(token);
    const [replay] = await db.read.select().from(db.tables.replays);
    expect(replay).toMatchObject({ kind: "listen", state: "finished", total: 4, targetUrl: target.url });
    const rows = await db.read.select().from(db.tables.deliveries).orderBy(asc(db.tables.deliveries.sequence));
    expect(rows.map((row) => row.state)).toEqual(["delivered", "delivered", "delivered", "delivered"]);
  });

  it("takes only the types and the time that were asked for, and leaves a replay's own events here", async () => {
    const { token } = await aToken(db);
    await anEvent(db, { webhookId: "capture" });
    await anEvent(db, { webhookId: "failure", text: aCaptureText().replace("payment.capture", "payment.failure") });
    await anEvent(db, { webhookId: "replayed", replayHeader: "att_1" });
    const args = ["--since", "2026-01-01T00:00:00Z", "--type", "payment.capture", "--exit-after-backfill"];
    const run = listenWith(token, ...args);
    expect(await run.exited).toBe(0);
    expect(headersOf()).toEqual(["capture"]);
    expect(run.output()).toContain("1 delivered, 1 left out");
  });

  it("goes on after the target and after Paydesk were away, without a repeat or a gap", async () => {
    const { token } = await aToken(db);
    await anEvent(db, { webhookId: "before" });
    const run = listenWith(token, "--since", "2026-01-01T00:00:00Z");
    await until(() => target.received.length === 1, run.output);

    const { received, port } = target;
    await target.close();
    await anEvent(db, { webhookId: "while away" });
    await new Promise((done) => setTimeout(done, 500));
    target = await startTarget(port);
    await until(() => target.received.length === 1, run.output);
    expect([...received, ...target.received].map(({ headers }) => headers["webhook-id"])).toEqual([
      "before",
      "while away",
    ]);

    // Requests are lost, and so are answers to requests that were done.
    faults.drop = "after";
    await anEvent(db, { webhookId: "answers lost" });
    await until(() => run.output().includes("does not answer"), run.output);
    faults.drop = "before";
    await anEvent(db, { webhookId: "all lost" });
    await new Promise((done) => setTimeout(done, 500));
    faults.drop = "none";
    await until(() => target.received.length === 3, run.output);
    expect(run.output()).toContain("Paydesk answers again.");
    expect(headersOf()).toEqual(["while away", "answers lost", "all lost"]);
    const { deliveries } = db.tables;
    const delivered = () => db.read.select().from(deliveries).where(eq(deliveries.state, "delivered"));
    await until(async () => (await delivered()).length === 4, run.output);
  });

  it("ends when its token is revoked", async () => {
    const { token, tokenId, operatorId, email } = await aToken(db);
    const run = listenWith(token);
    await until(() => run.output().includes("shown in Paydesk"), run.output);
    const operator = { operatorId, email, can: () => false };
    expect((await revokeToken(db, { tokenId, operator, now: new Date() })).ok).toBe(true);
    expect(await run.exited).toBe(1);
    expect(run.output()).toMatch(/revoked/);
  });

  it("says that a token is not known, and that Paydesk is no target", async () => {
    const bad = listenWith(`pdk_${"a".repeat(43)}`);
    expect(await bad.exited).toBe(1);
    expect(bad.output()).toContain("This access token is not known, has expired, or was revoked.");
    const circle = runListen(["--to", desk.url.replace("127.0.0.1", "localhost"), "--server", desk.url], {
      PAYDESK_TOKEN: "x",
    });
    expect(await circle.exited).toBe(2);
    expect(circle.output()).toContain("Paydesk itself");
  });
});

describe("the API", () => {
  const ask = (path: string, token: string | null, body?: unknown) =>
    fetch(desk.url + path, {
      method: body === undefined ? "GET" : "POST",
      headers: token === null ? {} : { Authorization: `Bearer ${token}` },
      body: body === undefined ? undefined : JSON.stringify(body),
    });

  it("answers strangers, the expired and roles without the permission in JSON", async () => {
    expect((await ask("/api/v1/events", null)).status).toBe(401);
    const { token, tokenId } = await aToken(db);
    const { accessTokens } = db.tables;
    const expire = db.read.update(accessTokens).set({ expiresAt: 1 }).where(eq(accessTokens.tokenId, tokenId));
    await db.write([{ query: expire, rows: 1 }]);
    expect((await ask("/api/v1/events", token)).status).toBe(401);
    const finance = await aToken(db, { role: "finance" });
    const answer = await ask("/api/v1/events", finance.token);
    expect(answer.status).toBe(403);
    expect(await answer.json()).toMatchObject({ error: { code: "not_allowed" } });
    // Support sends up to 100 to destinations that are there; this takes all of them, to anywhere.
    const support = await aToken(db, { role: "support" });
    expect((await ask("/api/v1/events?since=7d", support.token)).status).toBe(403);
    expect((await ask("/api/v1/nowhere", finance.token)).status).toBe(404);
  });

  it("stops answering wrong tokens, and goes on answering one that works from the same address", async () => {
    const { token } = await aToken(db);
    const wrong = `pdk_${"a".repeat(43)}`;
    for (let failure = 0; failure < MAX_TOKEN_FAILURES; failure++) await ask("/api/v1/events", wrong);
    const refused = await ask("/api/v1/events", wrong);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get("Retry-After"))).toBeGreaterThan(0);
    expect((await ask("/api/v1/events", token)).status).toBe(200);
  });

  it("gives nothing of another environment or business, and takes no result about it", async () => {
    const eventId = await anEvent(db);
    const since = "since=2026-01-01T00:00:00Z";
    const merchant = await aToken(db, { role: "merchant", environments: ["test"] });
    expect((await ask(`/api/v1/events?${since}&environment=sandbox`, merchant.token)).status).toBe(404);
    const other = await aToken(db, { businessIds: ["another"] });
    const page = await (await ask(`/api/v1/events?${since}&environment=sandbox`, other.token)).json();
    expect(page.events).toEqual([]);

    const target = "http://localhost:4000/hook";
    const started = await ask("/api/v1/listen", other.token, { target, key: crypto.randomUUID() });
    const { id } = await started.json();
    const result = { id: `dlv_${crypto.randomUUID()}`, event_id: eventId, tries: [] };
    const told = await ask(`/api/v1/listen/${id}/results`, other.token, { results: [result] });
    expect(told.status).toBe(404);
    expect((await ask(`/api/v1/listen/${id}/end`, merchant.token, {})).status).toBe(404);
  });

  it("keeps a result that is told twice once", async () => {
    const eventId = await anEvent(db);
    const { token } = await aToken(db);
    const body = { target: "http://localhost:4000/hook?key=secret", key: crypto.randomUUID() };
    const { id } = await (await ask("/api/v1/listen", token, body)).json();
    expect((await (await ask("/api/v1/listen", token, body)).json()).id).toBe(id);
    const one = { id: `att_${crypto.randomUUID()}`, at: new Date().toISOString(), outcome: "500", latency_ms: 4 };
    const tries = [
      { ...one, response_excerpt: '{"card_number":"4000000000001091"}', response_type: null, error: null },
    ];
    const results = [{ id: `dlv_${crypto.randomUUID()}`, event_id: eventId, tries }];
    for (let time = 0; time < 2; time++) {
      expect((await ask(`/api/v1/listen/${id}/results`, token, { results })).status).toBe(200);
    }
    const [replay] = await db.read.select().from(db.tables.replays);
    expect(replay).toMatchObject({ total: 1, targetUrl: "http://localhost:4000/hook" });
    const kept = await db.read.select().from(db.tables.attempts);
    expect(kept).toHaveLength(1);
    expect(kept[0]?.responseExcerpt).not.toContain("4000000000001091");
  });
});
