import { beforeEach, describe, expect, it } from "vitest";
import type { Database } from "~/db.server.ts";
import { listPage } from "~/domain/lists/list-page.server.ts";
import { parsePaymentFilters } from "~/domain/payments/payment-filters.ts";
import { paymentList } from "~/domain/payments/payment-queries.server.ts";
import { COUNTED, isCalm, NAMED, RADAR_KINDS, radarFigure } from "~/domain/radar/radar.ts";
import { countMissingWebhooks, readRadar } from "~/domain/radar/read-radar.server.ts";
import type { Scope } from "~/lib/scope.ts";
import { DAY, HOUR, MINUTE } from "~/lib/time.ts";
import { aPaymentRequest, insertPaymentRequests } from "../factories/list-rows.ts";
import { createTestDatabase } from "../setup/db.ts";

const now = Date.parse("2026-03-10T12:00:00Z");
const everyone: Scope = { environments: ["sandbox", "test", "live"], businessIds: null };

type Row = Parameters<typeof aPaymentRequest>[0];

describe("the radar", () => {
  let db: Database;
  let made = 0;

  beforeEach(async () => {
    db = await createTestDatabase();
    made = 0;
  });

  async function payments(...rows: (Omit<Row, "paymentRequestId"> & { age: number; paymentRequestId?: string })[]) {
    await insertPaymentRequests(
      db,
      rows.map(({ age, ...row }) => {
        made += 1;
        return aPaymentRequest({ paymentRequestId: `pr-${made}`, createdAt: now - age, ...row });
      }),
    );
  }
  const read = (scope = everyone, environment: "sandbox" | "test" = "sandbox") =>
    readRadar(db, scope, { environment, now });
  const counts = async (...asked: Parameters<typeof read>) =>
    Object.fromEntries((await read(...asked)).findings.map((one) => [one.kind, one.count]));

  it("finds each kind of loss and names the payments, the oldest first", async () => {
    await payments(
      { age: HOUR, missing: "payment_webhook" },
      { age: 2 * HOUR, missing: "payment_webhook", paymentRequestId: "pr-old" },
      { age: HOUR, missing: "session_webhook" },
      { age: HOUR, missing: "outcome", status: "REQUIRES_ACTION" },
      { age: HOUR, missing: null },
    );
    expect(await counts()).toEqual({ payment_webhook: 2, session_webhook: 1, outcome: 1 });
    const { findings } = await read();
    expect(findings[0]?.payments.map((one) => one.paymentRequestId)).toEqual(["pr-old", "pr-1"]);
  });

  it.each(RADAR_KINDS)("leaves a payment alone until its grace is over: $kind", async ({ kind, grace }) => {
    await payments({ age: grace - MINUTE, missing: kind }, { age: grace + MINUTE, missing: kind });
    expect((await counts())[kind]).toBe(1);
  });

  it("does not shout about what was lost more than thirty days ago", async () => {
    await payments({ age: 31 * DAY, missing: "payment_webhook" }, { age: 29 * DAY, missing: "payment_webhook" });
    expect((await counts()).payment_webhook).toBe(1);
  });

  it("keeps to one environment and to the operator's businesses", async () => {
    await payments(
      { age: HOUR, missing: "outcome", businessId: "biz-1" },
      { age: HOUR, missing: "outcome", businessId: "biz-2" },
      { age: HOUR, missing: "outcome", environment: "test", paymentRequestId: "pr-test" },
    );
    expect((await counts()).outcome).toBe(2);
    expect((await counts({ ...everyone, businessIds: ["biz-2"] })).outcome).toBe(1);
    expect((await counts({ ...everyone, businessIds: [] })).outcome).toBe(0);
    expect((await counts(everyone, "test")).outcome).toBe(1);
    expect((await counts({ environments: ["test"], businessIds: null })).outcome).toBe(0);
  });

  it("links to a list that shows exactly what was counted", async () => {
    await payments(
      { age: 16 * MINUTE, missing: "session_webhook" },
      { age: 14 * MINUTE, missing: "session_webhook" },
      { age: 29 * DAY, missing: "session_webhook" },
      { age: 31 * DAY, missing: "session_webhook" },
    );
    const finding = (await read()).findings.find((one) => one.kind === "session_webhook");
    const { filters, problems } = parsePaymentFilters(`http://desk.test${finding?.href}`, { zone: "Asia/Jakarta" });
    expect(problems).toEqual([]);
    const settled = { ...filters, environment: "sandbox" as const };
    const page = await listPage(db, everyone, paymentList, settled);
    expect(page.rows.map((row) => row.paymentRequestId)).toEqual(["pr-1", "pr-3"]);
    expect(finding?.count).toBe(2);
  });

  it("names a few and counts up to a bound", async () => {
    await payments(
      ...Array.from({ length: COUNTED + 20 }, (_, index) => ({ age: HOUR + index, missing: "outcome" as const })),
    );
    const finding = (await read()).findings.find((one) => one.kind === "outcome");
    expect(finding?.payments).toHaveLength(NAMED);
    expect(radarFigure(finding?.count ?? 0)).toBe("more than 100");
  });

  it("counts for the rail what misses a webhook, not what still waits for its shopper or was asked about", async () => {
    await payments(
      { age: HOUR, missing: "payment_webhook" },
      { age: HOUR, missing: "session_webhook" },
      { age: HOUR, missing: "outcome" },
    );
    expect(await countMissingWebhooks(db, everyone, { environment: "sandbox", now })).toBe(2);

    const check = { checkId: "chk_1", environment: "sandbox", paymentRequestId: "pr-1", askedId: "pr-1" } as const;
    const asked = { operatorId: "opr_1", askedBy: "ada@example.com", at: now, answers: [] };
    await db.write([{ query: db.read.insert(db.tables.checks).values({ ...check, ...asked }), rows: 1 }]);
    expect(await countMissingWebhooks(db, everyone, { environment: "sandbox", now })).toBe(1);
    expect(await counts()).toMatchObject({ payment_webhook: 1, session_webhook: 1 });
  });

  describe("listening for silence", () => {
    async function arrivals(from: number, until: number, every: number) {
      for (let at = from; at < until; at += every) {
        await db.capture({
          environment: "sandbox",
          bytes: new TextEncoder().encode(`{"event":"qr.payment","id":"qr-${at}","business_id":"biz-1"}`),
          headers: [],
          webhookId: String(at),
          tokenLabel: null,
          address: null,
          replayHeader: null,
          receivedAt: at,
        });
      }
    }

    it("has nothing to say where nothing ever arrived, and is calm", async () => {
      const radar = await read();
      expect(radar.silence).toEqual({ kind: "nothing" });
      expect(isCalm(radar)).toBe(true);
    });

    it("compares the time since the last webhook with what is usual", async () => {
      await arrivals(now - 15 * DAY, now - 5 * HOUR, 20 * MINUTE);
      const radar = await read();
      expect(radar.silence).toMatchObject({ kind: "silent", perHour: expect.closeTo(3, 0) });
      expect(isCalm(radar)).toBe(false);
      const earlier = await readRadar(db, everyone, { environment: "sandbox", now: now - 4.5 * HOUR });
      expect(earlier.silence).toMatchObject({ kind: "usual" });
    });

    it("hears only the businesses of the operator", async () => {
      await arrivals(now - HOUR, now, 20 * MINUTE);
      expect((await read({ ...everyone, businessIds: ["biz-2"] })).silence).toEqual({ kind: "nothing" });
    });
  });
});
