import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import type { Database } from "~/db.server.ts";
import { changeJournalAccounts } from "~/domain/reconciliation/change-journal-accounts.server.ts";
import { NOUGHT, type Sums } from "~/domain/reconciliation/figures.ts";
import { type JournalLine, type JournalSource, journalLines } from "~/domain/reconciliation/journal.ts";
import { readJournalAccounts } from "~/domain/reconciliation/journal-accounts.server.ts";
import { defaultAccounts } from "~/domain/reconciliation/journal-accounts.ts";
import { CURRENCIES } from "~/lib/money.ts";
import type { BusinessDay } from "~/lib/time.ts";
import { loader } from "~/routes/reconciliation.journal[.]csv.ts";
import { LEDGER_AMOUNTS } from "~/xendit/reconcile/amount-names.ts";
import { responseOf, signedIn } from "../factories/signed-in.ts";
import { createTestDatabase } from "../setup/db.ts";

const day = (text: string) => text as BusinessDay;
const sums = (some: Partial<Sums>): Sums => ({ ...NOUGHT, ...some });

function source(some: Partial<Sums>, of: Partial<JournalSource> = {}): JournalSource {
  const on = { period: day("2026-03-10"), day: day("2026-03-10"), currency: "IDR", isFinal: true, untold: 0 };
  return { ...on, ...of, sums: sums(some) };
}

/** Debit less credit of an account. */
function balanceOf(lines: readonly JournalLine[], account: string): bigint {
  return lines.filter((line) => line.account === account).reduce((sum, { debit, credit }) => sum + debit - credit, 0n);
}

describe("a journal", () => {
  it("posts a day: what was captured is receivable until it is reported, and what is reported is the balance's", () => {
    const lines = journalLines([
      source({ captured: "100000", reported: "100000", fee: "2900", vat: "319", net: "96781", settled: "96781" }),
    ]);
    expect(lines.map(({ entry, account, debit, credit }) => [entry, account, debit, credit])).toEqual([
      ["captured", "receivable", 100_000n, 0n],
      ["captured", "sales", 0n, 100_000n],
      ["reported", "balance", 96_781n, 0n],
      ["reported", "fee", 2_900n, 0n],
      ["reported", "vat", 319n, 0n],
      ["reported", "receivable", 0n, 100_000n],
    ]);
    expect(balanceOf(lines, "receivable")).toBe(0n);
  });

  it("owes Xendit the fees that are invoiced instead of deducted", () => {
    const lines = journalLines([source({ captured: "100", reported: "100", fee: "3", vat: "1", net: "100" })]);
    expect(balanceOf(lines, "payable")).toBe(-4n);
    expect(balanceOf(lines, "balance")).toBe(100n);
  });

  it("turns what became less into the other side, never into a negative figure", () => {
    const [debit] = journalLines([source({ captured: "-500" }, { day: day("2026-03-01") })]);
    expect(debit).toMatchObject({ account: "receivable", debit: 0n, credit: 500n, day: "2026-03-01" });
  });

  it("balances to the minor unit, each entry by itself, whatever the figures are", () => {
    const amount = fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }).map(String);
    const figures = fc.record(
      Object.fromEntries(LEDGER_AMOUNTS.map((name) => [name, amount])) as Record<keyof Sums, typeof amount>,
    );
    const sources = fc.array(
      fc.record({
        sums: figures,
        currency: fc.constantFrom(...CURRENCIES),
        days: fc.tuple(fc.integer({ min: 1, max: 28 }), fc.integer({ min: 1, max: 28 })),
      }),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(sources, (all) => {
        const lines = journalLines(
          all.map(({ sums: own, currency, days: [period, of] }) => ({
            ...source({}, { currency, period: day(`2026-03-${period}`), day: day(`2026-03-${of}`) }),
            sums: own,
          })),
        );
        const totals = new Map<string, bigint>();
        for (const { period, day: of, currency, entry, debit, credit } of lines) {
          expect(debit >= 0n && credit >= 0n && (debit === 0n || credit === 0n)).toBe(true);
          const key = [period, of, currency, entry].join(" ");
          totals.set(key, (totals.get(key) ?? 0n) + debit - credit);
        }
        for (const total of totals.values()) expect(total).toBe(0n);
        for (const currency of CURRENCIES) {
          const own = lines.filter((line) => line.currency === currency);
          const of = all.filter((one) => one.currency === currency);
          const sum = (name: keyof Sums) => of.reduce((total, one) => total + BigInt(one.sums[name]), 0n);
          const difference = sum("captured") - sum("refunded") - sum("reported") + sum("reportedRefunds");
          expect(balanceOf(own, "receivable")).toBe(difference - sum("writtenOff"));
          expect(balanceOf(own, "balance")).toBe(sum("net"));
        }
      }),
    );
  });
});

let db: Database;
beforeEach(async () => {
  db = await createTestDatabase();
});

const amounts = (captured: number) => ({
  captured,
  refunded: 0,
  reported: captured,
  reportedRefunds: 0,
  chargedBack: 0,
  fee: 0,
  vat: 0,
  withheld: 0,
  net: captured,
  settled: 0,
  writtenOff: 0,
});

async function keepDays(): Promise<void> {
  const { reconciliationAmounts, reconciliationLedger, closedDays } = db.tables;
  const of = (groupKey: string, on: string) => ({
    environment: "sandbox" as const,
    groupKey,
    day: day(on),
    currency: "IDR",
    businessId: "biz-1",
  });
  const closing = {
    environment: "sandbox" as const,
    zone: "Asia/Jakarta",
    digest: "0".repeat(64),
    totals: [],
    openExceptions: 0,
    closedBy: "somebody",
    closedAt: 1,
  };
  const ledger = { period: day("2026-03-10") };
  await db.write([
    {
      query: db.read.insert(closedDays).values({ ...closing, day: day("2026-03-10") }),
      rows: 1,
    },
    {
      query: db.read.insert(reconciliationLedger).values([
        { ...of("pr-1", "2026-03-10"), ...ledger, ...amounts(1_000_00) },
        { ...of("pr-2", "2026-03-02"), ...ledger, ...amounts(-50_00) },
      ]),
      rows: 2,
    },
    {
      query: db.read.insert(reconciliationAmounts).values([
        // It changed after its day was closed: that is no part of the closed day.
        { ...of("pr-1", "2026-03-10"), ...amounts(9_999_00), untold: 0, isLate: true },
        { ...of("pr-3", "2026-03-11"), ...amounts(7_00), untold: 2, isLate: false },
      ]),
      rows: 2,
    },
  ]);
}

async function journal(period: string, who: Parameters<typeof signedIn>[1] = { role: "finance" }) {
  const ask = await signedIn(db, who);
  return responseOf(loader(ask(`/reconciliation/journal.csv?environment=sandbox&period=${period}`)));
}

describe("the journal's file", () => {
  it("has closed days as they were frozen, adjustments by the day they are of, and open days as drafts", async () => {
    await keepDays();
    const response = await journal("2026-03");
    expect(response.headers.get("content-disposition")).toBe('attachment; filename="journal-2026-03-sandbox.csv"');
    const lines = (await response.text()).trimEnd().split("\r\n");
    expect(lines[0]).toBe(
      "entry_id,environment,posting_date,business_day,time_zone,status,entry,is_adjustment,account_code,account_name,currency,debit,credit,description,amounts_left_out",
    );
    const captured = lines.filter((line) => line.includes(" captured,") && line.includes(",1130,"));
    expect(captured).toEqual([
      '2026-03-10 2026-03-02 IDR captured,sandbox,2026-03-10,2026-03-02,Asia/Jakarta,final,captured,yes,1130,Receivable from Xendit,IDR,0.00,50.00,"Adjustment of 2026-03-02, closed before: card captures",0',
      "2026-03-10 2026-03-10 IDR captured,sandbox,2026-03-10,2026-03-10,Asia/Jakarta,final,captured,no,1130,Receivable from Xendit,IDR,1000.00,0.00,Card captures of 2026-03-10,0",
      "2026-03-11 2026-03-11 IDR captured,sandbox,2026-03-11,2026-03-11,Asia/Jakarta,draft,captured,no,1130,Receivable from Xendit,IDR,7.00,0.00,Card captures of 2026-03-11,2",
    ]);
  });

  it("is of one day where one is asked for, and refuses what is no period", async () => {
    await keepDays();
    expect(await (await journal("2026-03-11")).text()).not.toContain("2026-03-10");
    expect((await journal("2026-13")).status).toBe(400);
    expect((await journal("march")).status).toBe(400);
  });

  it("is for those who may export, and holds their businesses only", async () => {
    await keepDays();
    expect((await journal("2026-03", { role: "viewer" })).status).toBe(403);
    const other = await journal("2026-03", { role: "finance", businessIds: ["biz-2"] });
    expect((await other.text()).trimEnd().split("\r\n")).toHaveLength(1);
  });

  it("has the account codes that were set", async () => {
    await keepDays();
    const form = new FormData();
    for (const [name, code] of Object.entries({ ...defaultAccounts, receivable: "1-1300.01" })) form.append(name, code);
    const operator = { operatorId: "op_1", email: "admin@desk.test" };
    const saved = await changeJournalAccounts(db, { form, operator, now: new Date() });
    expect(saved.ok).toBe(true);
    expect((await readJournalAccounts(db)).receivable).toBe("1-1300.01");
    expect(await (await journal("2026-03-11")).text()).toContain(",1-1300.01,");
    form.set("receivable", "=1+1");
    const refused = await changeJournalAccounts(db, { form, operator, now: new Date() });
    expect(!refused.ok && refused.errors.receivable).toContain("Letters, digits");
  });
});
