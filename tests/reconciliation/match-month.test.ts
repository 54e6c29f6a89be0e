import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ID_COLUMNS, transactionsHead, transactionsRow } from "~/sandbox/reports/transactions-csv.ts";
import { openWriter } from "../../db/connection.ts";
import { migrate } from "../../db/migrate.ts";
import { openOnOneThread } from "../../db/open-database.ts";
import { reading } from "../../db/writer/reading.ts";
import { openImportDesk } from "./import-desk.ts";
import { generatePlantedMonth, type PlantedMonth } from "./planted-month.ts";
import { type Expected, truthOf } from "./planted-truth.ts";

/** `npm test` tries the whole month, 200,000 payments, after everything else: it takes minutes. */
const PAYMENTS = Number(process.env.PLANTED_PAYMENTS ?? "6000");
const SEED = 20_260_331;
const PER_FILE = 20_000;

interface Found {
  readonly groupKey: string;
  readonly paymentRequestId: string | null;
  readonly class: string;
  readonly notes: string;
  readonly transactionId: string | null;
}

describe("the planted month", () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "paydesk-test-"));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it("is imported from its report files; each planted discrepancy is found under its class with its notes, and nothing else is", async () => {
    const month = generatePlantedMonth({ payments: PAYMENTS, seed: SEED, share: 0.03 });
    const file = join(folder, "paydesk.db");
    migrate(file);
    const connection = openWriter(file);
    month.insertInto(connection);
    const db = openOnOneThread(connection, reading);
    const desk = await openImportDesk({ db });

    const importing = stopwatch();
    for (const text of reportFiles(month)) {
      const importId = await desk.upload(text);
      await desk.readAll();
      expect(await desk.importOf(importId)).toMatchObject({ state: "imported", rowsBad: 0 });
    }
    const imported = importing();
    const matching = stopwatch();
    const { check } = await db.match({ environment: "sandbox", now: month.now });
    const matched = matching();
    const truth = truthOf(month);

    const found = connection
      .prepare(
        `SELECT group_key AS groupKey, payment_request_id AS paymentRequestId, class, notes,
           (SELECT min(transaction_id) FROM report_rows r INDEXED BY report_rows_by_group
             WHERE r.environment = g.environment
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
    const counts = { seed: SEED, payments: PAYMENTS, rows: month.lines.length, planted, flagged, precision, recall };
    process.stdout.write(`planted month: ${JSON.stringify({ ...counts, imported, matched })}\n`);
    expect(wrong.slice(0, 5)).toEqual([]);
    expect([...missed].slice(0, 5)).toEqual([]);
    expect({ precision, recall }).toEqual({ precision: 1, recall: 1 });
    expect(check).toMatchObject({ isWhole: true });
    expect(desk.errors).toEqual([]);
    await desk.close();
  }, 900_000);
});

/** Parts of the month as files of the Transactions report, each read well within the time an import is waited for. */
function* reportFiles(month: PlantedMonth): Generator<string> {
  const report = { version: "2", zone: "Asia/Jakarta", columns: ID_COLUMNS } as const;
  for (let start = 0; start < month.lines.length; start += PER_FILE) {
    yield transactionsHead(report) +
      month.lines
        .slice(start, start + PER_FILE)
        .map((line) => transactionsRow(line, report))
        .join("");
  }
}

function stopwatch(): () => string {
  const startedAt = performance.now();
  return () => `${Math.round((performance.now() - startedAt) / 100) / 10} s`;
}
