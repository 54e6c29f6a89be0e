import { describe, expect, it } from "vitest";
import { toMinorUnits } from "~/lib/money.ts";
import { DISCREPANCIES } from "~/sandbox/reports/discrepancies.ts";
import type { LedgerLine } from "~/sandbox/reports/ledger-line.ts";
import { classifyGroup } from "~/xendit/reconcile/classify.ts";
import type { GroupFacts, LinkedRow, RowFacts } from "~/xendit/reconcile/group-facts.ts";
import { type Known, linkRow } from "~/xendit/reconcile/link-row.ts";
import { defaultRules } from "~/xendit/reconcile/rules.ts";
import { referenceStem } from "~/xendit/reference.ts";
import { generatePlantedMonth, type PlantedMonth } from "./planted-month.ts";
import type { Sale } from "./planted-sales.ts";
import { truthOf } from "./planted-truth.ts";
import { projectionOf } from "./sale-projection.ts";

describe("a planted month", () => {
  const month = generatePlantedMonth({ payments: 2000, seed: 5, share: 0.3 });

  it("holds every kind of discrepancy in every seed, and the same ones again from the same seed", () => {
    expect(new Set(month.planted.map(({ kind }) => kind))).toEqual(new Set(DISCREPANCIES));
    const again = generatePlantedMonth({ payments: 2000, seed: 5, share: 0.3 });
    expect(again.planted).toEqual(month.planted);
    expect(generatePlantedMonth({ payments: 2000, seed: 6, share: 0.3 }).planted).not.toEqual(month.planted);
  });

  it("takes all seven currencies and every way a payment can go", () => {
    expect(new Set(month.sales.map(({ currency }) => currency)).size).toBe(7);
    const longer = generatePlantedMonth({ payments: 8000, seed: 5, share: 0 });
    expect(new Set(longer.sales.map(({ scenario }) => scenario)).size).toBe(16);
  });

  it("is told by the classifier exactly as it was planted, and nothing else is", () => {
    const truth = truthOf(month);
    const rules = defaultRules("sandbox");
    const found = new Map<string, unknown>();
    const expected = new Map<string, unknown>();
    for (const facts of groupsOf(month)) {
      const { class: one, notes } = classifyGroup(facts, { rules, zone: month.zone, now: month.now });
      const name = facts.request ? facts.groupKey : (facts.rows[0]?.transactionId ?? "");
      const wanted = facts.request ? truth.payments.get(facts.groupKey) : truth.lines.get(name);
      found.set(name, { class: one, notes, kind: wanted?.kind });
      expected.set(name, wanted);
    }
    expect(Object.fromEntries(found)).toEqual(Object.fromEntries(expected));
    expect(found.size).toBe(truth.payments.size + truth.lines.size);
  });
});

/** The month's groups without a store: rows linked by what the month itself knows. */
function groupsOf(month: PlantedMonth): readonly GroupFacts[] {
  const known = knownOf(month);
  const rows = groupBy(
    month.lines.map((line) => linked(line, known)),
    (row) => row.link.groupKey,
  );
  const ours = month.sales
    .filter((sale) => sale.captures.length > 0 || rows.has(sale.requestId))
    .map((sale) => factsOf(sale, rows.get(sale.requestId) ?? []));
  const own = new Set(month.sales.map(({ requestId }) => requestId));
  const others = [...rows].filter(([groupKey]) => !own.has(groupKey));
  const none = { request: null, payments: [], captures: [], refunds: [], disputes: [] };
  return [...ours, ...others.map(([groupKey, all]) => ({ ...none, groupKey, rows: all }))];
}

function factsOf(sale: Sale, rows: readonly LinkedRow[]): GroupFacts {
  const { paymentRequests, ...projected } = projectionOf(sale);
  const request = paymentRequests[0];
  return { groupKey: sale.requestId, request, ...projected, rows } as unknown as GroupFacts;
}

function knownOf(month: PlantedMonth): Known {
  const ids = new Map<string, string>();
  const references = groupBy(month.sales, (sale) => referenceStem(sale.reference));
  for (const sale of month.sales) {
    const names = [sale.requestId, sale.paymentId, sale.refund?.refundId];
    if (sale.scenario !== "not_itemised") names.push(...sale.captures.map(({ captureId }) => captureId));
    for (const name of names) if (name) ids.set(name, sale.requestId);
  }
  const elsewhere = new Set(month.elsewhere.flatMap(({ requestId, paymentId }) => [requestId, paymentId]));
  return {
    targetsOf: ({ id }) => [ids.get(id) ?? []].flat(),
    otherEnvironmentOf: ({ id }) => (elsewhere.has(id) ? "test" : null),
    handOf: () => undefined,
    byReference: (stem) =>
      (references.get(stem) ?? []).map((sale) => ({
        paymentRequestId: sale.requestId,
        currency: sale.currency,
        captured: sale.captures.reduce((sum, { minor }) => sum + minor, 0),
        refunds: [],
      })),
  };
}

function linked(line: LedgerLine, known: Known): LinkedRow {
  const minor = (text: string) => toMinorUnits(text, line.currency);
  const row: RowFacts = {
    ...line,
    amountRaw: line.amount,
    amountMinor: minor(line.amount),
    feeMinor: minor(line.fee),
    vatMinor: minor(line.vat),
    withheldMinor: 0,
    netMinor: minor(line.net),
    productId: line.productId || null,
    disagreements: [],
  };
  return { ...row, link: linkRow(row, known) };
}

function groupBy<Value>(values: readonly Value[], keyOf: (value: Value) => string): ReadonlyMap<string, Value[]> {
  const groups = new Map<string, Value[]>();
  for (const value of values) {
    const group = groups.get(keyOf(value));
    if (group) group.push(value);
    else groups.set(keyOf(value), [value]);
  }
  return groups;
}
