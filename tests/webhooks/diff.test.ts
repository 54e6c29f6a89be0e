import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import type { Database } from "~/db.server.ts";
import { diffOf, diffText, onlyDifferences, swapped } from "~/domain/webhooks/body-diff.ts";
import { parseSide, sideName } from "~/domain/webhooks/diff-side.ts";
import { findEffect } from "~/domain/webhooks/find-effect.server.ts";
import { findWebhook } from "~/domain/webhooks/find-webhook.server.ts";
import type { Scope } from "~/lib/scope.ts";
import { loader } from "~/routes/webhooks.diff.tsx";
import { parseJsonObject } from "~/xendit/bodies/json.ts";
import { compareWithShape } from "~/xendit/shapes/compare-with-shape.ts";
import { shapeOf } from "~/xendit/shapes/shapes.ts";
import { aCapture, capture } from "../factories/card-bodies.ts";
import { responseOf, signedIn } from "../factories/signed-in.ts";
import { createTestDatabase } from "../setup/db.ts";

const everything: Scope = { environments: ["sandbox", "test", "live"], businessIds: null };
const webhook = (body: unknown) => ({ kind: "webhook", json: parseJsonObject(JSON.stringify(body)) ?? {} }) as const;
const body = fc.dictionary(fc.constantFrom("a", "b", "c", "d"), fc.jsonValue({ maxDepth: 3 }), { maxKeys: 4 });

describe("two bodies side by side", () => {
  it("have no difference when they are one", () => {
    fc.assert(
      fc.property(body, (value) => {
        const { lines, counts } = diffOf(webhook(value), webhook(value));
        expect(onlyDifferences(lines)).toEqual([]);
        expect(counts).toMatchObject({ added: 0, removed: 0, changed: 0, "type changed": 0 });
      }),
    );
  });

  it("differ alike from either side: what one adds the other removes", () => {
    fc.assert(
      fc.property(body, body, (left, right) => {
        const there = diffOf(webhook(left), webhook(right));
        const back = swapped(diffOf(webhook(right), webhook(left)));
        const told = (diff: typeof there) =>
          diff.lines.map((line) => `${line.path} ${line.kind} ${line.isGroup}`).sort();
        expect(told(back)).toEqual(told(there));
        expect(back.counts).toEqual(there.counts);
      }),
    );
  });

  it("keep the object or list around what differs, and nothing else", () => {
    const { lines } = diffOf(
      webhook({ a: { b: 1, c: { d: 2 } }, e: { f: 1 } }),
      webhook({ a: { b: 1, c: { d: 3 } }, e: { f: 1 } }),
    );
    expect(onlyDifferences(lines).map(({ path, kind }) => [path, kind])).toEqual([
      ["a", "same"],
      ["a.c", "same"],
      ["a.c.d", "changed"],
    ]);
  });

  it("tell a text from a number, and say when it is the same one", () => {
    const [line] = diffOf(webhook({ amount: 10000 }), webhook({ amount: "10000.00" })).lines;
    expect(line).toMatchObject({
      kind: "type changed",
      left: "10000",
      right: '"10000.00"',
      note: "the same number, written otherwise",
    });
  });

  it("show that personal data differs, never what it is", () => {
    const [left, right] = [webhook({ email: "jane@example.com" }), webhook({ email: "joe@example.com" })];
    const { lines } = diffOf(left, right);
    expect(lines).toMatchObject([{ kind: "changed", left: '"[redacted]"', right: '"[redacted]"' }]);
    expect(diffText(lines, ["one", "other"])).not.toMatch(/jane|joe/);
  });
});

describe("a body beside its documented shape", () => {
  const shape = shapeOf("payment.capture");
  const rows = (value: unknown) => {
    if (!shape) throw new Error("payment.capture has a shape");
    return compareWithShape(webhook(value).json, shape)
      .filter((row) => row.kind !== "same")
      .map((row) => [row.path, row.kind]);
  };

  it("fits when it is a real one", () => {
    expect(rows(aCapture())).toEqual([]);
  });

  it("says what is not documented, what is missing and what has another type", () => {
    const real = aCapture({ data: { status: 7, risk: { score: 1 }, currency: undefined, metadata: { mine: 1 } } });
    expect(rows(real)).toEqual([
      ["data.status", "type changed"],
      ["data.risk", "added"],
      ["data.risk.score", "added"],
      ["data.currency", "removed"],
    ]);
  });
});

describe("the sides of a comparison", () => {
  let db: Database;
  beforeEach(async () => {
    db = await createTestDatabase();
  });
  const open = async (search: Record<string, string>, who: Parameters<typeof signedIn>[1] = {}) => {
    const call = await signedIn(db, who);
    return loader(call(`/webhooks/diff?${new URLSearchParams(search)}`) as Parameters<typeof loader>[0]);
  };

  it("are named in the URL and nothing else is a name", () => {
    for (const name of ["evt_1", "rct_1", "obs_7", "doc:payment.capture", "api:py-1"]) {
      const side = parseSide(name);
      expect(side && sideName(side)).toBe(name);
    }
    for (const name of ["", "obs_0", "obs_7x", "doc:nothing", "api:cust-1", "api:../x", "pr-1"]) {
      expect(parseSide(name)).toBeNull();
    }
  });

  it("may be two events, an arrival with bytes of its own, or the documentation", async () => {
    const { eventId } = await capture(db, aCapture({ cvn: "M" }), { webhookId: "wh-1" });
    const { eventId: other } = await capture(db, aCapture({ cvn: "N" }), { webhookId: "wh-1" });
    const events = await open({ left: eventId, right: other });
    expect(events.diff).toMatchObject({ counts: { changed: 1, added: 0, removed: 0 } });
    const documented = await open({ left: "doc:payment.capture", right: eventId });
    expect(documented.diff).toMatchObject({ counts: { added: 0, removed: 0, "type changed": 0 } });
    await capture(db, JSON.stringify(aCapture({ cvn: "M" }), null, 2), { webhookId: "wh-1" });
    const arrival = (await findWebhook(db, everything, eventId))?.comparable.find(({ group }) => group === "arrivals");
    const same = await open({ left: eventId, right: arrival?.side ?? "" });
    expect(same.diff).toMatchObject({ lines: [], counts: { changed: 0 } });
  });

  it("ask Xendit nothing on their own", async () => {
    const { eventId } = await capture(db, aCapture());
    expect(await open({ left: eventId, right: "api:py-1" })).toMatchObject({ refusal: "unasked", diff: null });
  });

  it("must both be there for the one who looks", async () => {
    const { eventId } = await capture(db, aCapture());
    const { eventId: live } = await capture(db, aCapture(), { environment: "live" });
    expect((await responseOf(open({ left: eventId, right: live }, { role: "merchant" }))).status).toBe(404);
    expect((await responseOf(open({ left: eventId, right: "rct_none" }))).status).toBe(404);
    expect((await responseOf(open({ left: eventId }))).status).toBe(404);
  });
});

describe("what an event changed", () => {
  const effectOf = async (db: Database, eventId: string) => {
    const detail = await findWebhook(db, everything, eventId);
    if (!detail) throw new Error("The event is there");
    return findEffect(db, detail.event);
  };

  it("is everything, when nobody else told of the payment", async () => {
    const db = await createTestDatabase();
    const { eventId } = await capture(db, aCapture());
    const effect = await effectOf(db, eventId);
    expect(effect.kind).toBe("changed");
    const lines = effect.kind === "changed" ? effect.lines : [];
    expect(lines).toContainEqual(
      expect.objectContaining({ of: "Payment request", field: "Status", without: null, with: "Paid" }),
    );
    expect(lines).toContainEqual(expect.objectContaining({ of: "Capture", field: "Amount", with: "10,000.00 IDR" }));
  });

  it("is from held to paid, when a hold came before it", async () => {
    const db = await createTestDatabase();
    const held = aCapture({ data: { status: "AUTHORIZED", captures: undefined, capture_method: "MANUAL" } });
    await capture(db, { ...held, event: "payment.authorization" });
    const { eventId } = await capture(db, aCapture({ data: { capture_method: "MANUAL" } }));
    const effect = await effectOf(db, eventId);
    const lines = effect.kind === "changed" ? effect.lines : [];
    expect(lines).toContainEqual(
      expect.objectContaining({ of: "Payment request", field: "Status", without: "Held", with: "Paid" }),
    );
    expect(lines.filter(({ field }) => field === "ECI")).toEqual([]);
  });

  it("is nothing, when another event told the same, and says which", async () => {
    const db = await createTestDatabase();
    const { eventId } = await capture(db, aCapture(), { webhookId: "wh-1" });
    await capture(db, aCapture(), { webhookId: "wh-2" });
    expect(await effectOf(db, eventId)).toEqual({ kind: "nothing", toldBy: ["payment.capture"] });
  });

  it("is nothing, when it takes no part", async () => {
    const db = await createTestDatabase();
    const { eventId } = await capture(db, "not json");
    expect(await effectOf(db, eventId)).toEqual({ kind: "no part" });
  });
});
