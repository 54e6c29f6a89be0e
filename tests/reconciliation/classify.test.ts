import { describe, expect, it } from "vitest";
import { parseDay } from "~/lib/time.ts";
import { classText, noteText } from "~/xendit/reconcile/class-words.ts";
import { NOTES, type Note, RECONCILIATION_CLASSES, type ReconciliationClass } from "~/xendit/reconcile/classes.ts";
import { classifyGroup } from "~/xendit/reconcile/classify.ts";
import { explain } from "~/xendit/reconcile/explain.ts";
import type { GroupFacts, LinkedRow } from "~/xendit/reconcile/group-facts.ts";
import { defaultRules } from "~/xendit/reconcile/rules.ts";
import {
  aCapture,
  aGroup,
  aPayment,
  aRefund,
  aRefundRow,
  aRequest,
  aRow,
  aStray,
  CAPTURED_AT,
  context,
  LONG_AFTER,
  SOON_AFTER,
  toNothing,
  toOurs,
  verdictOf,
} from "./group-rig.ts";

interface Case {
  readonly name: string;
  readonly facts: GroupFacts;
  readonly now?: number;
  readonly class: ReconciliationClass;
  readonly notes?: readonly Note[];
  /** Minor units; `null` for what cannot be told. */
  readonly difference?: number | null;
}

const dispute = { disputeId: "mi-dspt-1", paymentId: "py-1", status: "LOST" };
const chargeback = aRow({ transactionId: "txn_9", type: "CHARGEBACK", feeMinor: 0, vatMinor: 0, netMinor: -1_000_000 });
const uncaptured = {
  request: aRequest({ status: "FAILED", capturedMinor: 0, capturedAt: null }),
  payments: [aPayment({ status: "FAILED", capturedMinor: 0, capturedAt: null })],
  captures: [],
};
const stray = (change: Partial<LinkedRow> = {}) =>
  aStray([aRow({ productId: "py-9", paymentRequestId: null, link: toNothing, ...change })]);
const twoCaptures = [
  aCapture({ amountRaw: "6000", amountMinor: 600_000 }),
  aCapture({ captureId: "cptr-2", amountRaw: "4000", amountMinor: 400_000, capturedAt: CAPTURED_AT + 86_400_000 }),
];

const cases: readonly Case[] = [
  { name: "equal in amount, status, fee and day", facts: aGroup(), class: "matched", difference: 0 },
  {
    name: "a row of another product that leads to nothing",
    facts: stray({ channel: "VIRTUAL_ACCOUNT", productId: "va-1" }),
    class: "out_of_scope",
    difference: null,
  },
  { name: "a payout", facts: stray({ type: "DISBURSEMENT" }), class: "out_of_scope", difference: null },
  {
    name: "a row whose ids another environment knows",
    facts: stray({ link: { ...toNothing, otherEnvironment: "test" } }),
    class: "environment_mix",
    difference: -1_000_000,
  },
  {
    name: "a row that could be of two payments",
    facts: stray({ link: { ...toNothing, candidates: ["pr-1", "pr-2"] } }),
    class: "ambiguous",
    difference: -1_000_000,
  },
  {
    name: "two rows for one payment",
    facts: aGroup({ rows: [aRow(), aRow({ transactionId: "txn_2" })] }),
    class: "duplicate_payment",
    notes: ["amount_differs"],
    difference: -1_000_000,
  },
  {
    name: "two requests of one session paid",
    facts: aGroup({ request: aRequest({ flags: ["paid_twice"] }) }),
    class: "duplicate_payment",
    difference: 0,
  },
  {
    name: "a row that leads to nothing of ours",
    facts: stray({ link: { ...toNothing, sameReference: ["pr-1"] } }),
    class: "missing_in_paydesk",
    notes: ["same_reference"],
    difference: -1_000_000,
  },
  {
    name: "a refund nobody here knows",
    facts: aGroup({ rows: [aRow(), aRefundRow({ amount: "4000" })] }),
    class: "missing_in_paydesk",
    notes: ["refunded"],
    difference: 400_000,
  },
  {
    name: "a payment nobody here knows, under a request of ours",
    facts: aGroup({ rows: [aRow(), aRow({ transactionId: "txn_2", productId: "py-2" })] }),
    class: "missing_in_paydesk",
    difference: -1_000_000,
  },
  {
    name: "a captured payment that no row reports, long after",
    facts: aGroup({ rows: [] }),
    class: "missing_in_report_overdue",
    difference: 1_000_000,
  },
  {
    name: "a captured payment that no row reports, soon after",
    facts: aGroup({ rows: [] }),
    now: SOON_AFTER,
    class: "missing_in_report_not_due",
    difference: 1_000_000,
  },
  {
    name: "a refund of ours that no row reports",
    facts: aGroup({ refunds: [aRefund()] }),
    class: "missing_in_report_overdue",
    notes: ["refunded"],
    difference: -1_000_000,
  },
  {
    name: "a row in another currency",
    facts: aGroup({ rows: [aRow({ currency: "USD", amount: "10000" })] }),
    class: "currency_differs",
    difference: null,
  },
  {
    name: "a row that calls failed what was captured",
    facts: aGroup({ rows: [aRow({ status: "FAILED" })] }),
    class: "status_differs",
    difference: 1_000_000,
  },
  {
    name: "a row that calls paid what failed here",
    facts: aGroup({ ...uncaptured }),
    class: "status_differs",
    difference: -1_000_000,
  },
  {
    name: "a refund that failed in the report",
    facts: aGroup({ refunds: [aRefund()], rows: [aRow(), aRefundRow({ status: "FAILED" })] }),
    class: "status_differs",
    notes: ["refunded"],
    difference: -1_000_000,
  },
  {
    name: "money taken back that nobody disputed",
    facts: aGroup({ rows: [aRow(), chargeback] }),
    class: "charged_back_without_dispute",
    difference: 0,
  },
  {
    name: "a reversed payment that nobody disputed",
    facts: aGroup({ rows: [aRow({ status: "REVERSED" })] }),
    class: "charged_back_without_dispute",
    difference: 0,
  },
  {
    name: "money taken back in a dispute",
    facts: aGroup({ rows: [aRow(), chargeback], disputes: [dispute] }),
    class: "matched",
    notes: ["charged_back_with_dispute"],
    difference: 0,
  },
  {
    name: "one minor unit too few",
    facts: aGroup({ rows: [aRow({ amount: "9999.99" })] }),
    class: "amount_differs",
    difference: 1,
  },
  {
    name: "a refund of another amount",
    facts: aGroup({ refunds: [aRefund()], rows: [aRow(), aRefundRow({ amount: "9999" })] }),
    class: "amount_differs",
    notes: ["refunded"],
    difference: -100,
  },
  {
    name: "errors in payment and refund that cancel out",
    facts: aGroup({
      refunds: [aRefund({ amountMinor: 500_000, amountRaw: "5000" })],
      rows: [aRow({ amount: "11000" }), aRefundRow({ amount: "6000" })],
    }),
    class: "amount_differs",
    notes: ["refunded"],
    difference: 0,
  },
  {
    name: "a fee one minor unit off",
    facts: aGroup({ rows: [aRow({ feeMinor: 229_001 })] }),
    class: "fee_or_vat_unexpected",
    difference: 0,
  },
  {
    name: "VAT one minor unit off",
    facts: aGroup({ rows: [aRow({ vatMinor: 25_191 })] }),
    class: "fee_or_vat_unexpected",
    difference: 0,
  },
  {
    name: "settled the day after it was due",
    facts: aGroup({ rows: [aRow({ settledAt: Date.parse("2024-12-23T17:00:00Z") })] }),
    class: "settled_late",
    difference: 0,
  },
  {
    name: "settled in the last minute of the day it was due",
    facts: aGroup({ rows: [aRow({ settledAt: Date.parse("2024-12-23T16:59:59Z") })] }),
    class: "matched",
    difference: 0,
  },
  {
    name: "not settled long after",
    facts: aGroup({ rows: [aRow({ settlementStatus: "PENDING", settledAt: null, estimatedSettlementAt: null })] }),
    class: "settled_late",
    difference: 0,
  },
  {
    name: "not settled soon after",
    facts: aGroup({ rows: [aRow({ settlementStatus: "PENDING", settledAt: null })] }),
    now: SOON_AFTER,
    class: "matched",
    notes: ["not_settled_yet"],
    difference: 0,
  },
  {
    name: "a voided row beside a voided payment",
    facts: aGroup({ ...uncaptured, rows: [aRow({ status: "VOIDED", settlementStatus: null })] }),
    class: "matched",
    difference: 0,
  },
  {
    name: "captured in part",
    facts: aGroup({
      captures: [aCapture({ amountMinor: 600_000, amountRaw: "6000" })],
      rows: [aRow({ amount: "6000" })],
    }),
    class: "matched",
    notes: ["captured_in_part"],
    difference: 0,
  },
  {
    name: "two captures in one row",
    facts: aGroup({ captures: twoCaptures }),
    class: "matched",
    difference: 0,
  },
  {
    name: "two captures in two rows without their ids",
    facts: aGroup({
      captures: twoCaptures,
      rows: [aRow({ amount: "4000" }), aRow({ transactionId: "txn_2", amount: "6000" })],
    }),
    class: "matched",
    difference: 0,
  },
  {
    name: "one capture in two rows that add up",
    facts: aGroup({
      rows: [aRow({ amount: "2500" }), aRow({ transactionId: "txn_2", amount: "7500" })],
    }),
    class: "matched",
    difference: 0,
  },
  {
    name: "one capture id in two rows",
    facts: aGroup({
      captures: twoCaptures,
      rows: [
        aRow({ amount: "6000", captureId: "cptr-1" }),
        aRow({ transactionId: "txn_2", amount: "6000", captureId: "cptr-1" }),
        aRow({ transactionId: "txn_3", amount: "4000", captureId: "cptr-2" }),
      ],
    }),
    class: "duplicate_payment",
    notes: ["amount_differs"],
    difference: -600_000,
  },
  {
    name: "refunded on both sides",
    facts: aGroup({ refunds: [aRefund()], rows: [aRow(), aRefundRow()] }),
    class: "matched",
    notes: ["refunded"],
    difference: 0,
  },
  {
    name: "a late success",
    facts: aGroup({ request: aRequest({ flags: ["late_success"] }) }),
    class: "matched",
    notes: ["late_success"],
    difference: 0,
  },
  {
    name: "nothing itemised",
    facts: aGroup({ captures: [], payments: [aPayment({ capturedItemised: false })] }),
    class: "matched",
    notes: ["not_itemised"],
    difference: 0,
  },
  {
    name: "paid by an answer of the API alone",
    facts: aGroup({ request: aRequest({ capturedItemised: false }), captures: [], payments: [] }),
    class: "matched",
    notes: ["not_itemised"],
    difference: 0,
  },
  {
    name: "captured by hand, nobody knows how much",
    facts: aGroup({ captures: [], payments: [aPayment({ capturedMinor: null })] }),
    class: "matched",
    notes: ["captured_unknown"],
    difference: null,
  },
  {
    name: "in a currency that has no known decimals",
    facts: aGroup({ rows: [aRow({ channel: "CARDS", currency: "EUR", amountMinor: null, amount: "10" })] }),
    class: "currency_differs",
    notes: ["amount_not_exact"],
    difference: null,
  },
  {
    name: "an amount with more decimals than its currency",
    facts: aGroup({ rows: [aRow({ amount: "10000.005" })] }),
    class: "matched",
    notes: ["fee_not_checked", "amount_not_exact"],
    difference: null,
  },
  {
    name: "reports that tell it differently",
    facts: aGroup({ rows: [aRow({ disagreements: ["fee"] })] }),
    class: "matched",
    notes: ["reports_disagree"],
    difference: 0,
  },
  {
    name: "linked by hand, whatever its ids say",
    facts: aGroup({ rows: [aRow({ productId: "py-7", link: { ...toOurs, linkedBy: "hand" } })] }),
    class: "matched",
    notes: ["linked_by_hand"],
    difference: 0,
  },
  {
    name: "linked by its reference",
    facts: aGroup({ rows: [aRow({ productId: null, link: { ...toOurs, linkedBy: "reference" } })] }),
    class: "matched",
    notes: ["linked_by_reference"],
    difference: 0,
  },
  {
    name: "reported three minutes after midnight",
    facts: aGroup({ rows: [aRow({ createdAt: Date.parse("2024-12-18T17:03:00Z") })] }),
    class: "matched",
    notes: ["next_day"],
    difference: 0,
  },
];

describe("the class of a group", () => {
  it.each(cases)("$name: $class", ({ facts, now = LONG_AFTER, class: expected, notes = [], difference }) => {
    const verdict = classifyGroup(facts, { ...context, now });
    expect({ class: verdict.class, notes: verdict.notes }).toEqual({ class: expected, notes });
    if (difference !== undefined) expect(verdict.difference).toBe(difference);
    for (const step of verdict.explanation) expect(explain(step)).toMatch(/^[A-Z0-9pt].*\.$/);
  });

  it("has a case for every class and every note", () => {
    const classes = new Set<string>(cases.map((one) => one.class));
    const notes = new Set<string>(cases.flatMap((one) => one.notes ?? []));
    expect(RECONCILIATION_CLASSES.filter((one) => !classes.has(one))).toEqual([]);
    // A class that came second stands among the notes of the test below.
    expect(NOTES.filter((note) => !notes.has(note) && !classes.has(note))).toEqual([]);
    for (const one of [...Object.values(classText), ...Object.values(noteText)]) expect(one.explanation).toMatch(/\.$/);
  });

  it("names whatever else holds as a note", () => {
    const row = aRow({ amount: "9000", settledAt: LONG_AFTER - 1, feeMinor: 1 });
    const { class: first, notes } = verdictOf({ rows: [row, chargeback], refunds: [aRefund()] });
    expect(first).toBe("missing_in_report_overdue");
    expect(notes).toEqual([
      "charged_back_without_dispute",
      "amount_differs",
      "fee_or_vat_unexpected",
      "settled_late",
      "refunded",
    ]);
  });

  it("explains itself in the words finance uses", () => {
    const row = aRow({ createdAt: Date.parse("2024-12-18T17:03:00Z") });
    expect(verdictOf({ rows: [row] }).explanation.map(explain)).toEqual([
      "Matched on payment id.",
      "Amounts equal: 10,000.00 IDR.",
      "Captured 18 Dec 2024; reported 00:03 the next local day.",
      "Fee 2,290.00 IDR and VAT 251.90 IDR as expected.",
      "Settled 23 Dec 2024, due by 23 Dec 2024.",
    ]);
  });
});

describe("what time changes", () => {
  it("is said to the instant: the due day ends, and what was not due is overdue", () => {
    const { changesAt } = verdictOf({ rows: [] }, { now: SOON_AFTER });
    expect(changesAt).toBe(Date.parse("2024-12-23T17:00:00Z"));
    expect(verdictOf({ rows: [] }, { now: (changesAt ?? 0) - 1 }).class).toBe("missing_in_report_not_due");
    const after = verdictOf({ rows: [] }, { now: changesAt ?? 0 });
    expect(after).toMatchObject({ class: "missing_in_report_overdue", changesAt: null });
  });

  it("counts business days as weekdays less holidays, where the country's terms say so", () => {
    const request = aRequest({ country: "MY", currency: "MYR" });
    const captures = [aCapture({ currency: "MYR", capturedAt: Date.parse("2024-12-20T03:00:00Z") })];
    const facts = { request, captures, rows: [] };
    // Friday: two business days on is Tuesday; with Christmas and the day after off, Thursday becomes Friday.
    expect(verdictOf(facts, { now: SOON_AFTER }).changesAt).toBe(Date.parse("2024-12-24T17:00:00Z"));
    const rules = { ...defaultRules("sandbox"), holidays: ["2024-12-24", "2024-12-25", "2024-12-26"] };
    expect(verdictOf(facts, { now: SOON_AFTER, rules }).changesAt).toBe(Date.parse("2024-12-27T17:00:00Z"));
  });
});

describe("fee and VAT", () => {
  it("are not checked where no rate is set, and the group says so", () => {
    const { class: found, notes } = verdictOf({}, { rules: defaultRules("live") });
    expect({ found, notes }).toEqual({ found: "matched", notes: ["fee_not_checked"] });
  });

  it("may be off by the tolerance and no further", () => {
    const rules = { ...defaultRules("sandbox"), feeTolerance: 2 };
    expect(verdictOf({ rows: [aRow({ feeMinor: 229_002 })] }, { rules }).class).toBe("matched");
    expect(verdictOf({ rows: [aRow({ feeMinor: 229_003 })] }, { rules }).class).toBe("fee_or_vat_unexpected");
  });
});

describe("the days a group adds to", () => {
  it("are those of captures and refunds, not of the report", () => {
    const nextDay = Date.parse("2024-12-19T02:00:00Z");
    const { amounts } = verdictOf({
      refunds: [aRefund({ amountMinor: 400_000, updatedAt: nextDay })],
      rows: [aRow({ createdAt: nextDay }), aRefundRow({ amount: "4000", createdAt: LONG_AFTER })],
    });
    expect(amounts).toEqual([
      expect.objectContaining({ day: parseDay("2024-12-18"), captured: 1_000_000, reported: 1_000_000, net: 745_810 }),
      expect.objectContaining({
        day: parseDay("2024-12-19"),
        refunded: 400_000,
        reportedRefunds: 400_000,
        net: -400_000,
      }),
    ]);
  });

  it("share one row about captures of two days, to the last minor unit and with its costs", () => {
    const { amounts } = verdictOf({ captures: twoCaptures });
    expect(amounts.map(({ captured, reported }) => [captured, reported])).toEqual([
      [600_000, 600_000],
      [400_000, 400_000],
    ]);
    for (const { reported, fee, vat, net } of amounts) expect(net).toBe(reported - fee - vat);
    expect(amounts.reduce((sum, { fee }) => sum + fee, 0)).toBe(229_000);
  });

  it("leave out what is not told in whole minor units, and count it", () => {
    const { amounts } = verdictOf({ rows: [aRow({ amount: "10000.005" })] });
    expect(amounts).toEqual([expect.objectContaining({ captured: 1_000_000, reported: 0, untold: 1 })]);
  });

  it("name what was charged back apart from the difference", () => {
    const { amounts, difference } = verdictOf({ rows: [aRow(), chargeback], disputes: [dispute] });
    expect(difference).toBe(0);
    expect(amounts).toEqual([expect.objectContaining({ reported: 1_000_000, chargedBack: 1_000_000, net: -254_190 })]);
  });
});
