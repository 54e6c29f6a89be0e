import fc from "fast-check";
import { expect, it } from "vitest";
import type { Database, OtherObservation } from "../../db/database.ts";
import { createTestDatabase } from "../setup/db.ts";
import { anArrival, aPayment, captureBody, failureBody, refundBody, sessionBody, tokenBody } from "./arrivals.ts";
import { eventStates, projectedRows } from "./rows.ts";

/** One thing that may be told, and how. Payments 1 and 2 belong to one session, so clusters grow together. */
type Told =
  | { readonly kind: "webhook"; readonly webhookId: string | null; readonly body: unknown }
  | { readonly kind: "api"; readonly subject: OtherObservation["subject"]; readonly body: unknown };

const TOKEN = "pt-1402feb0-bb79-47ae-9d1e-e69394d3949c";
const payments = [1, 2, 3].map((number) => ({
  ...aPayment(number),
  sessionId: aPayment(number === 3 ? 3 : 1).sessionId,
}));

const payment = fc.constantFrom(...payments);
const time = fc.integer({ min: 10, max: 59 }).map((second) => `2024-12-18T05:46:${second}.000Z`);

const captured = fc
  .record({
    payment,
    updated: time,
    captures: fc.uniqueArray(fc.integer({ min: 1, max: 3 }), { maxLength: 3 }),
    extra: fc.constantFrom({}, { payment_token_id: TOKEN }, { metadata: { order: "7" } }, { request_amount: 20_000 }),
  })
  .map(({ payment, updated, captures, extra }) => {
    const itemised = captures.map((number) => ({
      capture_id: `${payment.captureId.slice(0, -1)}${number}`,
      capture_amount: 1_000 * number,
      capture_timestamp: `2024-12-18T05:46:3${number}.000Z`,
    }));
    return captureBody(payment, { updated, captures: itemised, ...extra });
  });

const otherStatus = fc
  .record({ payment, updated: time, status: fc.constantFrom("AUTHORIZED", "CANCELED", "EXPIRED", "PENDING", "ODD") })
  .map(({ payment, updated, status }) => ({
    ...captureBody(payment, { updated, status, captures: [] }),
    event: "payment.authorization",
  }));

const failed = fc
  .record({ payment, code: fc.constantFrom("INSUFFICIENT_BALANCE", "CARD_DECLINED") })
  .map(({ payment, code }) => failureBody(payment, code));

const ofSession = fc
  .record({ payment, status: fc.constantFrom("COMPLETED", "EXPIRED", "CANCELED") })
  .map(({ payment, status }) => sessionBody(payment, status));

const refunded = fc
  .record({
    payment,
    number: fc.integer({ min: 1, max: 2 }),
    status: fc.constantFrom("SUCCEEDED", "FAILED", "PENDING"),
  })
  .map(({ payment, number, status }) => refundBody(payment, number, status));

const token = fc.constantFrom("VISA", "MASTERCARD").map((network) => tokenBody(TOKEN, network));
const junk = fc.constantFrom<unknown>("no json", { event: "invoice.paid", id: "inv-1" }, { card: { cvn: "737" } });

const webhook = fc.record({
  kind: fc.constant("webhook" as const),
  webhookId: fc.constantFrom(null, null, "w-1", "w-2"),
  body: fc.oneof({ weight: 4, arbitrary: captured }, otherStatus, failed, ofSession, refunded, token, junk),
});
const answer = fc.record({
  kind: fc.constant("api" as const),
  subject: fc.constantFrom("session" as const, "payment" as const),
  body: fc.oneof(ofSession, captured).map(({ data }) => data as unknown),
});

const told: fc.Arbitrary<readonly Told[]> = fc.array(fc.oneof({ weight: 4, arbitrary: webhook }, answer), {
  maxLength: 10,
});

function tell(db: Database, one: Told): Promise<unknown> {
  if (one.kind === "webhook") return db.capture(anArrival(one.body, { webhookId: one.webhookId }));
  const bytes = Buffer.from(JSON.stringify(one.body));
  return db.observe({ environment: "test", source: "api", subject: one.subject, bytes, receivedAt: 1 });
}

it("any order of arrival, with duplicates, ends in identical rows; so does a rebuild", async () => {
  const cases = told.chain((set) =>
    fc.record({
      set: fc.constant(set),
      order: fc.shuffledSubarray([...set, ...set], { minLength: set.length * 2, maxLength: set.length * 2 }),
    }),
  );
  await fc.assert(
    fc.asyncProperty(cases, async ({ set, order }) => {
      const [one, other] = [await createTestDatabase(), await createTestDatabase()];
      for (const each of set) await tell(one, each);
      // All at once: batches of many, where the other has each in a commit of its own.
      await Promise.all(order.map((each) => tell(other, each)));
      const rows = await projectedRows(one);
      expect(await projectedRows(other)).toEqual(rows);
      expect(await eventStates(other)).toEqual(await eventStates(one));

      await other.rebuild();
      expect(await projectedRows(other)).toEqual(rows);
      expect(await eventStates(other)).toEqual(await eventStates(one));
      await Promise.all([one.close(), other.close()]);
    }),
    { numRuns: 60, seed: 7 },
  );
}, 60_000);
