import { dayOf as dayIn, formatTimeOfDay } from "../../lib/time.ts";
import type { Calendar } from "./calendar.ts";
import type { Charge } from "./charges.ts";
import { type Findings, money } from "./findings.ts";
import type { GroupFacts, LinkedRow, MatchContext } from "./group-facts.ts";
import { type Pair, type PaymentPairing, sumOf } from "./pair-payments.ts";
import { standingOf } from "./row-kind.ts";
import type { SettlementTerms } from "./rules.ts";

export interface Judging {
  readonly facts: GroupFacts;
  readonly context: MatchContext;
  readonly calendar: Calendar;
  readonly terms: SettlementTerms;
  readonly findings: Findings;
}

/** Our captures beside the rows that report payments. */
export function judgePayments(judging: Judging, pairing: PaymentPairing): void {
  const { facts, findings } = judging;
  for (const pair of pairing.pairs) judgePair(judging, pair);
  for (const pair of pairing.contradicting) judgeStatus(findings, pair);
  for (const charge of pairing.uncovered) judgeMissing(judging, charge);
  if (facts.request?.flags.includes("paid_twice")) findings.find("duplicate_payment", "paid_twice");
  for (const row of again(pairing)) {
    findings.find("duplicate_payment", "reported_again", { row: row.transactionId, ...amountOf(row) });
  }
  // What is reported of these payments in all is more than what was captured.
  if (pairing.extras.some(({ rows }) => rows.some(({ amountMinor }) => amountMinor !== 0))) {
    findings.note("amount_differs");
  }
  for (const row of pairing.uncaptured) {
    const ours = statusOf(facts, row);
    findings.find("status_differs", "reported_not_captured", { row: row.transactionId, ...amountOf(row), ours });
  }
}

/** Of a payment whose captures are all reported, or that is reported twice though nobody here knows it. */
function again({ extras, unknown }: PaymentPairing): readonly LinkedRow[] {
  const repeated = unknown.filter((row, place) => {
    const { productId } = row;
    return productId !== null && unknown.findIndex((other) => other.productId === productId) < place;
  });
  return [...extras.flatMap(({ rows }) => rows), ...repeated];
}

function judgePair(judging: Judging, { rows, charges }: Pair): void {
  const { findings } = judging;
  const currencies = new Set([...rows, ...charges].map(({ currency }) => currency));
  const [currency = null] = currencies;
  const captured = sumOf(charges.map(({ amount }) => amount));
  const reported = sumOf(rows.map(({ amountMinor }) => amountMinor));
  const named = { rows: rows.map(({ transactionId }) => transactionId).join(", ") };
  if (currencies.size > 1 && !currencies.has(null)) {
    findings.find("currency_differs", "currencies_differ", { ...bothOf(charges, rows), ...named });
  } else if (captured === null || reported === null) {
    findings.tell("amounts_not_compared", bothOf(charges, rows));
  } else if (captured !== reported) {
    findings.find("amount_differs", "amounts_differ", { ...bothOf(charges, rows), ...named });
  } else {
    findings.tell("amounts_equal", money({ minor: captured, currency }));
  }
  judgeDays(judging, rows, charges);
}

/** By our account and by the report's, each in the currency it is told in. */
function bothOf(charges: readonly Charge[], rows: readonly LinkedRow[]): Record<string, string> {
  const [charge] = charges;
  const [row] = rows;
  const captured = sumOf(charges.map(({ amount }) => amount));
  const reported = sumOf(rows.map(({ amountMinor }) => amountMinor));
  return {
    ...money({ minor: captured, raw: charge?.raw, currency: charge?.currency ?? null }, "captured"),
    ...money({ minor: reported, raw: row?.amountRaw, currency: row?.currency ?? null }, "reported"),
  };
}

/** 23:59 here and 00:03 there are one payment, and the difference of a day is said. */
function judgeDays(
  { findings, calendar, context }: Judging,
  rows: readonly LinkedRow[],
  charges: readonly Charge[],
): void {
  const [charge] = charges;
  const at = rows[0]?.createdAt ?? null;
  if (!charge || at === null) return;
  const days = charges.map((one) => calendar.dayOf(one.at));
  const [day = calendar.dayOf(charge.at)] = days;
  const reported = calendar.dayOf(at);
  if (days.includes(reported)) {
    findings.tell("captured_on", { day, reported: "the same day" });
    return;
  }
  const isNext = reported === dayIn(calendar.endOf(day), context.zone);
  const time = formatTimeOfDay(at, context.zone);
  if (reported > day) findings.note("next_day");
  findings.tell("captured_on", { day, reported: isNext ? `${time} the next local day` : reported });
}

function judgeStatus(findings: Findings, { rows, charges }: Pair): void {
  for (const row of rows) {
    const values = { row: row.transactionId, reported: row.status ?? "" };
    if (standingOf(row) === "unknown" && charges.length === 0)
      findings.find("status_differs", "status_unknown", values);
    else {
      const captured = { minor: sumOf(charges.map(({ amount }) => amount)), raw: charges[0]?.raw };
      const amount = money({ ...captured, currency: charges[0]?.currency ?? null });
      findings.find("status_differs", "captured_not_reported_so", { ...values, ...amount });
    }
  }
}

function judgeMissing(judging: Judging, charge: Charge): void {
  const amount = money({ minor: charge.amount, raw: charge.raw, currency: charge.currency });
  judgeDue(judging, charge.at, amount, ["capture_overdue", "capture_not_due"]);
}

/** What no row reports is overdue once the day it should have settled on has ended. */
export function judgeDue(
  { findings, calendar, terms, context }: Judging,
  at: number,
  amount: Record<string, string>,
  [overdue, notDue]: readonly ["capture_overdue", "capture_not_due"] | readonly ["refund_overdue", "refund_not_due"],
): void {
  const due = calendar.dueDay(at, terms);
  const end = calendar.endOf(due);
  const values = { ...amount, day: calendar.dayOf(at), due };
  if (context.now >= end) findings.find("missing_in_report_overdue", overdue, values);
  else {
    findings.find("missing_in_report_not_due", notDue, values);
    findings.until(end);
  }
}

/** What our account says instead: of the payment the row names, else of the request. */
function statusOf({ payments, request }: GroupFacts, row: LinkedRow): string {
  const own = payments.find(({ paymentId }) => paymentId === row.productId);
  return (own ?? request)?.status ?? "unknown";
}

export function amountOf(row: LinkedRow): Record<string, string> {
  return money({ minor: row.amountMinor, raw: row.amountRaw, currency: row.currency });
}
