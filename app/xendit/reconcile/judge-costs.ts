import type { BusinessDay } from "../../lib/time.ts";
import type { Charge } from "./charges.ts";
import { countryOf, expectedCost, termsOf } from "./fees.ts";
import { money } from "./findings.ts";
import type { LinkedRow } from "./group-facts.ts";
import type { Judging } from "./judge-payments.ts";
import { kindOfRow, settlementOf, standingOf } from "./row-kind.ts";

/** Fee, VAT and settlement of each payment the report says stands. `chargeOf`: the capture it is about. */
export function judgeCosts(judging: Judging, chargeOf: (row: LinkedRow) => Charge | null): void {
  for (const row of judging.facts.rows) {
    if (kindOfRow(row) !== "payment" || standingOf(row) !== "moved") continue;
    const charge = chargeOf(row);
    // In another currency nobody can say what the fee should be.
    if (charge === null || charge.currency === row.currency) judgeFee(judging, row);
    judgeSettlement(judging, row, charge?.at ?? null);
  }
}

function judgeFee({ facts, context, findings }: Judging, row: LinkedRow): void {
  const { currency, feeMinor, vatMinor } = row;
  const country = countryOf(facts.request?.country ?? null, currency);
  const { fee, vat } = expectedCost(context.rules, row, country);
  // Fees are charged at settlement (FACTS 8.6); before that nothing is there to be checked.
  if ((feeMinor ?? 0) === 0 && settlementOf(row) === "waiting" && fee !== null && fee !== 0) {
    findings.tell("fee_not_charged");
    return;
  }
  const isFeeOff = fee !== null && feeMinor !== null && Math.abs(fee - feeMinor) > context.rules.feeTolerance;
  const isVatOff = vat !== null && Math.abs(vat - (vatMinor ?? 0)) > context.rules.feeTolerance;
  const named = { row: row.transactionId };
  if (isFeeOff) {
    const values = { ...money({ minor: feeMinor, currency }, "fee"), ...money({ minor: fee, currency }, "expected") };
    findings.find("fee_or_vat_unexpected", "fee_differs", { ...named, ...values });
  }
  if (isVatOff) {
    const told = { minor: vatMinor ?? 0, currency };
    const values = { ...money(told, "vat"), ...money({ minor: vat, currency }, "expected") };
    findings.find("fee_or_vat_unexpected", "vat_differs", { ...named, ...values });
  }
  if (fee === null || feeMinor === null || vat === null) findings.find("fee_not_checked", "fee_not_checked");
  else if (!isFeeOff && !isVatOff) {
    const values = {
      ...money({ minor: feeMinor, currency }, "fee"),
      ...money({ minor: vatMinor ?? 0, currency }, "vat"),
    };
    findings.tell("cost_as_expected", values);
  }
}

/** In time until the day it was estimated for has ended; where none is given, the day the terms say. */
function judgeSettlement({ facts, context, calendar, findings }: Judging, row: LinkedRow, at: number | null): void {
  const standing = settlementOf(row);
  if (standing === "untold") return;
  const due = dueDay();
  if (due === null) return;
  const end = calendar.endOf(due);
  if (standing === "settled") {
    if (row.settledAt === null) return;
    const values = { day: calendar.dayOf(row.settledAt), due };
    if (row.settledAt < end) findings.tell("settled", values);
    else findings.find("settled_late", "settled_late", values);
  } else if (context.now >= end) findings.find("settled_late", "not_settled_late", { due });
  else {
    findings.find("not_settled_yet", "not_settled", { due });
    findings.until(end);
  }

  function dueDay(): BusinessDay | null {
    if (row.estimatedSettlementAt !== null) return calendar.dayOf(row.estimatedSettlementAt);
    const from = at ?? row.createdAt;
    const country = countryOf(facts.request?.country ?? null, row.currency);
    return from === null ? null : calendar.dueDay(from, termsOf(context.rules, country));
  }
}
