import { describe, expect, it } from "vitest";
import { insertLines, openStore, write } from "./match-rig.ts";
import { generatePlantedMonth } from "./planted-month.ts";
import { type Expected, truthOf } from "./planted-truth.ts";

const PAYMENTS = Number(process.env.PLANTED_PAYMENTS ?? "6000");
const SEED = 20_260_331;

interface Found {
  readonly groupKey: string;
  readonly paymentRequestId: string | null;
  readonly class: string;
  readonly notes: string;
  readonly transactionId: string | null;
}

describe("the planted month", () => {
  it("finds each planted discrepancy under its class with its notes, and flags nothing else", async () => {
    const { db, connection } = openStore();
    const month = generatePlantedMonth({ payments: PAYMENTS, seed: SEED, share: 0.03 });
    write(connection, () => month.insertInto(connection));
    insertLines({ connection }, month.lines);
    const truth = truthOf(month);
    const begun = performance.now();
    const { check } = await db.match({ environment: "sandbox", now: month.now });
    const seconds = (performance.now() - begun) / 1_000;

    const found = connection
      .prepare(
        `SELECT group_key AS groupKey, payment_request_id AS paymentRequestId, class, notes,
           (SELECT min(transaction_id) FROM report_rows r WHERE r.environment = g.environment
             AND r.group_key = g.group_key) AS transactionId
         FROM reconciliation_groups g WHERE environment = 'sandbox'`,
      )
      .all() as Found[];
    const missed = new Map<string, Expected>([...truth.payments, ...truth.lines]);
    const wrong: unknown[] = [];
    let [planted, flagged, right] = [0, 0, 0];
    for (const expected of missed.values()) if (expected.kind) planted += 1;
    for (const one of found) {
      const name = one.paymentRequestId ?? one.transactionId ?? one.groupKey;
      const expected = missed.get(name);
      missed.delete(name);
      const isRight = expected?.class === one.class && JSON.stringify(expected.notes) === one.notes;
      const isFlagged = one.class !== "matched";
      if (isFlagged) flagged += 1;
      if (isFlagged && isRight && expected.kind) right += 1;
      if (!isRight) wrong.push({ name, expected, found: { class: one.class, notes: one.notes } });
    }
    const [precision, recall] = [right / flagged, right / planted];
    const figures = { seed: SEED, payments: PAYMENTS, rows: month.lines.length, planted, flagged, precision, recall };
    process.stdout.write(`planted month: ${JSON.stringify({ ...figures, seconds: Math.round(seconds * 10) / 10 })}\n`);
    expect(wrong.slice(0, 5)).toEqual([]);
    expect([...missed].slice(0, 5)).toEqual([]);
    expect({ precision, recall }).toEqual({ precision: 1, recall: 1 });
    expect(check).toMatchObject({ isWhole: true });
    await db.close();
  }, 240_000);
});
