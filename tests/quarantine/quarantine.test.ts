import { beforeEach, describe, expect, it } from "vitest";
import type { Database } from "~/db.server.ts";
import { countRail } from "~/domain/overview/rail-counts.server.ts";
import { OPEN_REASONS, reasonWords } from "~/domain/quarantine/quarantine.ts";
import type { SettledQuarantine } from "~/domain/quarantine/quarantine-queries.server.ts";
import { countQuarantine, listOpenIds, listQuarantine } from "~/domain/quarantine/quarantine-queries.server.ts";
import { setAside, takeBack } from "~/domain/quarantine/set-aside.server.ts";
import type { Scope } from "~/lib/scope.ts";
import { readObservation } from "~/xendit/read-observation.ts";
import { aCapture, capture } from "../factories/card-bodies.ts";
import { anOperator } from "../replays/desk.ts";
import { createTestDatabase } from "../setup/db.ts";

const everything: Scope = { environments: ["sandbox", "test", "live"], businessIds: null };
const NOW = new Date("2026-05-04T03:02:01Z");
const open: SettledQuarantine = {
  environment: "sandbox",
  tab: "open",
  reasons: [],
  replayId: null,
  from: null,
  to: null,
  q: null,
  amountMin: null,
  amountMax: null,
  sort: "newest",
  cursor: null,
};

/** A capture that names its payment request and not its payment. */
const withoutPaymentId = (number = 1) => aCapture({ number, data: { payment_id: null } });

let db: Database;
beforeEach(async () => {
  db = await createTestDatabase();
});

const supporter = (overrides = {}) => anOperator("quarantine:set-aside", { role: "support", ...overrides });
const idsIn = async (filters: Partial<SettledQuarantine> = {}, scope = everything) =>
  (await listQuarantine(db, scope, { ...open, ...filters })).rows.map((row) => row.eventId);

describe("the work list", () => {
  it("has what could not be read, newest first, and nothing that was", async () => {
    const { eventId: first } = await capture(db, "not json", { receivedAt: 1_000 });
    await capture(db, aCapture({ number: 5 }), { receivedAt: 2_000 });
    const { eventId: second } = await capture(db, withoutPaymentId(), { receivedAt: 3_000 });
    expect(await idsIn()).toEqual([second, first]);
    expect(await idsIn({ sort: "oldest" })).toEqual([first, second]);
  });

  it("says which payment an event would belong to, and whether that is known", async () => {
    await capture(db, withoutPaymentId(1));
    await capture(db, aCapture({ number: 2 }));
    await capture(db, withoutPaymentId(2));
    const { rows } = await listQuarantine(db, everything, open);
    expect(rows.map(({ paymentRequestId, hasPayment }) => [paymentRequestId?.slice(-1), hasPayment]).sort()).toEqual([
      ["1", false],
      ["2", true],
    ]);
  });

  it("begins each body with personal data replaced", async () => {
    await capture(db, {
      event: "card.something",
      channel_code: "CARDS",
      email: "jane@example.com",
      first_name: "Jane",
    });
    const { rows } = await listQuarantine(db, everything, open);
    expect(rows[0]?.excerpt).toContain('"event":"card.something"');
    expect(rows[0]?.excerpt).not.toMatch(/jane/i);
  });

  it("is narrowed by reason and by when it came", async () => {
    const { eventId: torn } = await capture(db, '{"event":', { receivedAt: 1_000 });
    const { eventId: nameless } = await capture(db, withoutPaymentId(), { receivedAt: 9_000 });
    expect(await idsIn({ reasons: ["not_json"] })).toEqual([torn]);
    expect(await idsIn({ reasons: ["not_json", "no_payment_id"] })).toEqual([nameless, torn]);
    expect(await idsIn({ from: 5_000 })).toEqual([nameless]);
    expect(await listOpenIds(db, everything, { ...open, reasons: ["no_payment_id"], limit: 9 })).toEqual([nameless]);
    expect(await listOpenIds(db, everything, { ...open, to: 5_000, limit: 9 })).toEqual([torn]);
  });

  it("counts each tab and reason, and the rail counts the open ones", async () => {
    const { eventId: torn } = await capture(db, "torn");
    await capture(db, "torn too");
    const { eventId: secret } = await capture(db, "a secret");
    await capture(db, withoutPaymentId());
    await setAside(db, { eventIds: [torn], reason: "seen", operator: supporter(), now: NOW });
    await db.expunge({ eventId: secret, by: "op_1", reason: "held a password", at: 1, also: [] });
    expect(await countQuarantine(db, everything, { environment: "sandbox" })).toEqual({
      tabs: { open: 2, aside: 1, expunged: 1 },
      reasons: [
        { reason: "no_payment_id", count: 1 },
        { reason: "not_json", count: 1 },
      ],
      isCapped: false,
    });
    expect((await countRail(db, everything, { environment: "sandbox", now: 1 })).quarantined).toBe(2);
    expect(await idsIn({ tab: "aside" })).toEqual([torn]);
    expect(await idsIn({ tab: "expunged" })).toEqual([secret]);
  });

  it("shows nobody another environment's or business's events", async () => {
    const { eventId } = await capture(db, withoutPaymentId());
    const own = withoutPaymentId().business_id;
    expect(await idsIn({}, { environments: ["sandbox"], businessIds: [own] })).toEqual([eventId]);
    for (const scope of [
      { environments: ["live"], businessIds: null },
      { environments: ["sandbox"], businessIds: ["another"] },
      { environments: ["sandbox"], businessIds: [] },
    ] satisfies Scope[]) {
      expect(await idsIn({}, scope)).toEqual([]);
      expect((await countQuarantine(db, scope, { environment: "sandbox" })).tabs.open).toBe(0);
      expect(await listOpenIds(db, scope, { ...open, limit: 9 })).toEqual([]);
    }
  });

  it("has words for every reason an event can be quarantined for", () => {
    for (const reason of OPEN_REASONS) {
      expect(reasonWords[reason].title).toMatch(/^[A-Z]/);
      expect(reasonWords[reason].mend).toMatch(/^[A-Z].*\.$/);
    }
  });
});

describe("setting aside", () => {
  it("keeps who, when and why, and is written down", async () => {
    const { eventId } = await capture(db, "torn");
    const operator = supporter({ email: "sue@example.com" });
    expect(await setAside(db, { eventIds: [eventId], reason: "a test of ours", operator, now: NOW })).toMatchObject({
      ok: true,
    });
    expect(await idsIn()).toEqual([]);
    const [row] = await db.read.select().from(db.tables.events);
    expect(row).toMatchObject({ setAsideAt: NOW.getTime(), setAsideBy: "op_1", setAsideReason: "a test of ours" });
    const [entry] = await db.read.select().from(db.tables.auditEntries);
    expect(entry).toMatchObject({ action: "quarantine:set-aside", subject: eventId, reason: "a test of ours" });
  });

  it("can be taken back", async () => {
    const { eventId } = await capture(db, "torn");
    const order = { eventIds: [eventId], operator: supporter(), now: NOW };
    await setAside(db, { ...order, reason: "seen" });
    expect(await takeBack(db, order)).toMatchObject({ ok: true, value: { count: 1 } });
    expect(await idsIn()).toEqual([eventId]);
    expect(await takeBack(db, order)).toMatchObject({ ok: false, refusal: "not_set_aside" });
  });

  it("is all or nothing, and only of what is open", async () => {
    const { eventId: torn } = await capture(db, "torn");
    const { eventId: fine } = await capture(db, aCapture());
    const order = { reason: "seen", operator: supporter(), now: NOW };
    expect(await setAside(db, { ...order, eventIds: [torn, fine] })).toMatchObject({ refusal: "not_open" });
    expect(await idsIn()).toEqual([torn]);
    expect(await db.read.select().from(db.tables.auditEntries)).toEqual([]);
  });

  it("answers for somebody else's event as if there were none", async () => {
    const { eventId } = await capture(db, withoutPaymentId());
    const operator = supporter({ businessIds: ["another"] });
    const order = { eventIds: [eventId], operator, now: NOW };
    expect(await setAside(db, { ...order, reason: "seen" })).toMatchObject({ refusal: "absent" });
    expect(await setAside(db, { ...order, eventIds: ["evt_none"], reason: "seen" })).toMatchObject({
      refusal: "absent",
    });
  });

  it("ends for an event that is processed after all", async () => {
    let isFixed = false;
    db = await createTestDatabase({
      readObservation: (stored) => {
        const read = readObservation(stored);
        const verdict = { state: "quarantined", reason: "no_payment_id", needsLink: false } as const;
        return isFixed ? read : { ...read, verdict };
      },
    });
    const { eventId } = await capture(db, aCapture());
    await setAside(db, { eventIds: [eventId], reason: "until the fix", operator: supporter(), now: NOW });
    expect(await idsIn({ tab: "aside" })).toEqual([eventId]);
    isFixed = true;
    expect(await db.reprocess([eventId])).toEqual({ processed: 1 });
    expect(await idsIn({ tab: "aside" })).toEqual([]);
    expect((await db.read.select().from(db.tables.paymentRequests)).map(({ status }) => status)).toEqual(["SUCCEEDED"]);
  });
});
