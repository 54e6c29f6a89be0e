import { beforeEach, describe, expect, it } from "vitest";
import type { Database, Tables } from "~/db.server.ts";
import { closeDay } from "~/domain/reconciliation/close-day.server.ts";
import { findLateChanges } from "~/domain/reconciliation/late-changes.server.ts";
import { listDays } from "~/domain/reconciliation/list-days.server.ts";
import { verifyDay } from "~/domain/reconciliation/verify-day.server.ts";
import { ENVIRONMENTS } from "~/lib/environment.ts";
import { addDays, type BusinessDay, dayOf } from "~/lib/time.ts";
import { aCapture, capture } from "../factories/card-bodies.ts";
import { createTestDatabase } from "../setup/db.ts";

const scope = { environments: ENVIRONMENTS, businessIds: null };
const operator = { operatorId: "op_ada", email: "ada@example.com", scope };
const environment = "sandbox" as const;
const zone = "Asia/Jakarta";
const first = aCapture({ number: 1 });
const [sampled] = first.data.captures;
const capturedAt = Date.parse(sampled.capture_timestamp);
const day = dayOf(capturedAt, zone);
const amount = sampled.capture_amount * 100;
const now = capturedAt + 10 * 24 * 60 * 60_000;

let db: Database;
beforeEach(async () => {
  db = await createTestDatabase();
  await capture(db, first, { webhookId: "wh-1" });
  await report({ transactionId: "txn-1" });
  await match();
});

const match = () => db.match({ environment, now });
const close = (of: BusinessDay) =>
  closeDay(db, { environment, day: of, acceptsOpen: true, operator, now: new Date(now) });
const line = async () => (await listDays(db, scope, { environment, days: [day], zone, now }))[0];
const late = () => findLateChanges(db, scope, { environment, day });

type Row = Tables["reportRows"]["$inferInsert"];

/** A row as a report told it, past the import. */
async function report(fields: Partial<Row> & { transactionId: string }) {
  const { reportRows: table } = db.tables;
  const row: Row = {
    environment,
    type: "PAYMENT",
    status: "SUCCESS",
    channel: "CARDS",
    currency: sampled.currency ?? first.data.currency,
    amountRaw: String(sampled.capture_amount),
    amountMinor: amount,
    feeMinor: 0,
    vatMinor: 0,
    withheldMinor: 0,
    netMinor: amount,
    productId: first.data.payment_id,
    createdAt: capturedAt,
    updatedAt: capturedAt,
    settlementStatus: "PENDING",
    disagreements: [],
    tellings: 1,
    ...fields,
  };
  const target = [table.environment, table.transactionId];
  const written = await db.write([
    { query: db.read.insert(table).values(row).onConflictDoUpdate({ target, set: row }), rows: 1 },
  ]);
  if (!written.ok) throw new Error("not written");
}

describe("a closed day", () => {
  it("keeps its figures when a webhook of it arrives days later, and the next close takes the money up", async () => {
    await close(day);
    const frozen = await line();
    expect(frozen?.figures[0]?.sums).toMatchObject({ captured: String(amount), reported: String(amount) });

    await capture(db, aCapture({ number: 2 }), { webhookId: "wh-2" });
    await match();
    expect(await line()).toEqual({ ...frozen, late: 1, open: expect.any(Number) });
    const changed = await late();
    expect(changed.named).toMatchObject([
      { groupKey: aCapture({ number: 2 }).data.payment_request_id, sums: { captured: String(amount) } },
    ]);

    const next = addDays(day, 1);
    await close(next);
    expect((await late()).groups).toBe(0);
    const taken = await listDays(db, scope, { environment, days: [next], zone, now });
    expect(taken[0]?.adjustments[0]?.sums.captured).toBe(String(amount));
    expect(await verifyDay(db, scope, { environment, day })).toMatchObject({ isSame: true });
    expect(await verifyDay(db, scope, { environment, day: next })).toMatchObject({ isSame: true });
  });

  it("keeps its figures when a later report tells its row as settled, and when the row is told with another amount", async () => {
    await close(day);
    const frozen = await line();
    await report({ transactionId: "txn-1", settlementStatus: "SETTLED", settledAt: now, netMinor: amount });
    await match();
    expect((await late()).figures[0]?.sums).toMatchObject({ settled: String(amount), reported: "0" });
    await report({ transactionId: "txn-1", amountMinor: amount - 100, netMinor: amount - 100 });
    await match();
    expect((await late()).figures[0]?.sums).toMatchObject({ reported: "-100", settled: String(amount - 100) });
    expect((await line())?.figures).toEqual(frozen?.figures);
    expect((await line())?.closing).toEqual(frozen?.closing);
  });

  it("is news to nobody when a match of the same facts runs again", async () => {
    await close(day);
    await match();
    expect(await late()).toMatchObject({ groups: 0 });
    expect((await line())?.late).toBe(0);
  });
});
