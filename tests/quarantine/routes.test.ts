import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Database } from "~/db.server.ts";
import { startReplayRunner } from "~/domain/replays/replay-runner.server.ts";
import { action as expunge, loader as expungePage } from "~/routes/webhooks.$eventId_.expunge.tsx";
import { action, loader } from "~/routes/webhooks.quarantine.tsx";
import { readObservation } from "~/xendit/read-observation.ts";
import { aCapture, capture } from "../factories/card-bodies.ts";
import { responseOf, signedIn } from "../factories/signed-in.ts";
import { createTestDatabase } from "../setup/db.ts";

let db: Database;
/** Until the fix, no body has the payment id it needs. */
let isFixed: boolean;
const stops: (() => Promise<void>)[] = [];

beforeEach(async () => {
  isFixed = false;
  db = await createTestDatabase({
    readObservation: (stored) => {
      const read = readObservation(stored);
      const verdict = { state: "quarantined", reason: "no_payment_id", needsLink: false } as const;
      return isFixed || read.verdict.state === "quarantined" ? read : { ...read, verdict };
    },
  });
});
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

/** A refused form is returned, not thrown. */
const answerOf = (work: Promise<unknown>) =>
  responseOf(
    work.then((answer) => {
      throw answer;
    }),
  );

type Who = Parameters<typeof signedIn>[1];
const open = async (search = "", who: Who = {}) => {
  const args = await signedIn(db, who);
  return loader(args(`/webhooks/quarantine${search}`) as Parameters<typeof loader>[0]);
};
const post = async (form: readonly (readonly [string, string])[], who: Who = {}, search = "") => {
  const args = (await signedIn(db, who))(`/webhooks/quarantine${search}`, {}, post_(form));
  const runner = startReplayRunner(args.context);
  stops.push(() => runner.stop());
  return answerOf(action(args as Parameters<typeof action>[0]));
};
const post_ = (form: readonly (readonly [string, string])[]) => ({
  method: "POST",
  body: new URLSearchParams(form.map(([name, value]) => [name, value])),
});

describe("processing again", () => {
  const again = [
    ["intent", "process-again"],
    ["idempotencyKey", "12345678"],
    ["backTo", "/webhooks/quarantine?reason=no_payment_id"],
  ] as const;

  it("tells what left quarantine and what is still in it", async () => {
    const { eventId: mendable } = await capture(db, aCapture());
    const { eventId: torn } = await capture(db, "torn");
    isFixed = true;
    const answer = await post([...again, ["event", mendable], ["event", torn]]);
    const to = answer.headers.get("Location") ?? "";
    expect(to).toMatch(/^\/webhooks\/quarantine\?reason=no_payment_id&replay=rpl_/);
    const { result, page } = await open(to.slice(to.indexOf("?")));
    expect(result).toMatchObject({ total: 2, waiting: 0, mended: 1, still: [{ reason: "not_json", count: 1 }] });
    expect(page.rows).toEqual([]);
  });

  it("of all that match takes what the filters show and nothing else", async () => {
    await capture(db, aCapture({ number: 1 }));
    await capture(db, aCapture({ number: 2 }));
    const { eventId: torn } = await capture(db, "torn");
    isFixed = true;
    const answer = await post([...again, ["all", "1"]], {}, "?reason=no_payment_id");
    const replayId = new URL(answer.headers.get("Location") ?? "", "http://desk").searchParams.get("replay");
    const { result } = await open(`?replay=${replayId}`);
    expect(result).toMatchObject({ total: 2, mended: 2, still: [] });
    const [left] = (await open()).page.rows;
    expect(left?.eventId).toBe(torn);
  });

  it("of a mistyped filter takes nothing", async () => {
    await capture(db, "torn");
    expect((await post([...again, ["all", "1"]], {}, "?reason=no_such_thing")).status).toBe(409);
    expect(await db.read.select().from(db.tables.replays)).toEqual([]);
  });

  it("is for those who may, and never of somebody else's events", async () => {
    const { eventId } = await capture(db, aCapture(), { environment: "live" });
    const form = [...again, ["event", eventId]] as const;
    expect((await post(form, { role: "viewer" })).status).toBe(403);
    expect((await post(form, { role: "merchant" })).status).toBe(404);
    expect((await post(form, { role: "support", businessIds: ["another"] })).status).toBe(404);
  });

  it("goes back to pages of webhooks only", async () => {
    const { eventId } = await capture(db, "torn");
    for (const backTo of ["https://evil.example/", "//evil.example", "/settings", "/webhooks@evil.example"]) {
      const form = [
        ["intent", "process-again"],
        ["idempotencyKey", crypto.randomUUID()],
        ["backTo", backTo],
      ] as const;
      const answer = await post([...form, ["event", eventId]]);
      expect(answer.headers.get("Location")).toMatch(/^\/webhooks\/quarantine\?replay=/);
    }
  });
});

describe("the page", () => {
  it("is read by everybody who may read webhooks, with the buttons of their role", async () => {
    await capture(db, "torn");
    expect((await open("", { role: "viewer" })).can).toEqual({ reprocess: false, setAside: false });
    expect((await open("", { role: "support" })).can).toEqual({ reprocess: true, setAside: true });
    expect((await open("", { role: "merchant" })).can).toEqual({ reprocess: true, setAside: false });
    expect((await responseOf(open("?environment=live", { role: "merchant" }))).status).toBe(404);
  });

  it("refuses a reason that is too short or holds card data, beside the field", async () => {
    const { eventId } = await capture(db, "torn");
    const form = (reason: string) =>
      [
        ["intent", "set-aside"],
        ["event", eventId],
        ["reason", reason],
      ] as const;
    expect(await (await post(form("x"))).json()).toEqual({ errors: { reason: "Say why, in a few words" } });
    const leaking = await post(form("card 4000 0000 0000 1091 in it"));
    expect(await leaking.json()).toEqual({ errors: { reason: "Leave card data out of this: it is kept for good" } });
    expect((await post(form("a test of ours"), { role: "merchant" })).status).toBe(403);
    expect((await post(form("a test of ours"), { role: "support" })).status).toBe(302);
    expect((await post(form("a test of ours"), { role: "support" })).status).toBe(409);
  });
});

describe("expunging", () => {
  const send = async (eventId: string, form: Record<string, string>, who: Who = {}) => {
    const args = (await signedIn(db, who))(`/webhooks/${eventId}/expunge`, { eventId }, post_(Object.entries(form)));
    return answerOf(expunge(args as Parameters<typeof expunge>[0]));
  };
  const filled = (eventId: string) => ({
    reason: "A password stood in reference_id",
    confirmation: eventId.slice(-6),
  });

  it("takes a reason and the end of the id, and writes both down with the digest", async () => {
    const { eventId } = await capture(db, aCapture());
    const answer = await send(eventId, filled(eventId));
    expect(answer.headers.get("Location")).toBe(`/webhooks/${eventId}`);
    const [entry] = await db.read.select().from(db.tables.auditEntries);
    const [body] = await db.read.select().from(db.tables.bodies);
    expect(entry).toMatchObject({
      action: "webhooks:expunge",
      subject: eventId,
      environment: "sandbox",
      reason: "A password stood in reference_id",
      detail: { digest: body?.digest, size: body?.size, with: [] },
    });
    expect(body?.bytes).toHaveLength(0);
    expect((await send(eventId, filled(eventId))).status).toBe(409);
  });

  it("is refused with the form as typed when either is missing", async () => {
    const { eventId } = await capture(db, aCapture());
    const answer = await send(eventId, { reason: "short", confirmation: "wrong" });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({
      errors: {
        reason: "Say why, in 10 characters at least",
        confirmation: expect.stringContaining(eventId.slice(-6)),
      },
      values: { reason: "short", confirmation: "wrong" },
    });
    expect((await db.read.select().from(db.tables.bodies))[0]?.bytes.byteLength).toBeGreaterThan(0);
  });

  it("is an administrator's alone, and absent outside their scope", async () => {
    const { eventId } = await capture(db, aCapture());
    for (const role of ["finance", "support", "merchant", "viewer"] as const) {
      expect((await send(eventId, filled(eventId), { role })).status).toBe(403);
    }
    expect((await send(eventId, filled(eventId), { environments: ["live"] })).status).toBe(404);
    expect((await send(eventId, filled(eventId), { businessIds: ["another"] })).status).toBe(404);
    expect((await send("evt_none", filled("evt_none"))).status).toBe(404);
    expect(await db.read.select().from(db.tables.auditEntries)).toEqual([]);
  });

  it("names beforehand what goes with it and where else to look", async () => {
    const { eventId } = await capture(db, aCapture(), { webhookId: "wh-1" });
    const { eventId: twin } = await capture(db, aCapture(), { webhookId: "wh-2" });
    const { eventId: variant } = await capture(db, aCapture({ avs: "N" }), { webhookId: "wh-1" });
    const args = (await signedIn(db))(`/webhooks/${eventId}/expunge`, { eventId });
    const { event } = await expungePage(args as Parameters<typeof expungePage>[0]);
    expect(event.twins.map((one) => one.eventId)).toEqual([twin]);
    expect(event.related.map((one) => one.eventId)).toEqual([variant]);
  });
});
