import { countryOf, expectedCost } from "~/xendit/reconcile/fees.ts";
import type { GroupFacts } from "~/xendit/reconcile/group-facts.ts";
import { kindOfRow, type Settlement, settlementOf, standingOf } from "~/xendit/reconcile/row-kind.ts";
import type { RuleSet } from "~/xendit/reconcile/rules.ts";

/** Fee and VAT of one row beside what the rules expect of it; minor units, `null` where nothing tells. */
export interface RowCosts {
  readonly transactionId: string;
  readonly currency: string | null;
  readonly fee: number | null;
  readonly expectedFee: number | null;
  readonly vat: number | null;
  /** On the fee as charged. */
  readonly expectedVat: number | null;
  readonly withheld: number | null;
  readonly net: number | null;
  readonly settlement: Settlement;
  readonly settledAt: number | null;
  readonly estimatedAt: number | null;
}

/** Of the rows that report payments which stand, as they are what fees are charged for. */
export function rowCosts({ request, rows }: GroupFacts, rules: RuleSet): readonly RowCosts[] {
  return rows
    .filter((row) => kindOfRow(row) === "payment" && standingOf(row) === "moved")
    .map((row) => {
      const { fee, vat } = expectedCost(rules, row, countryOf(request?.country ?? null, row.currency));
      return {
        transactionId: row.transactionId,
        currency: row.currency,
        fee: row.feeMinor,
        expectedFee: fee,
        vat: row.vatMinor,
        expectedVat: vat,
        withheld: row.withheldMinor,
        net: row.netMinor,
        settlement: settlementOf(row),
        settledAt: row.settledAt,
        estimatedAt: row.estimatedSettlementAt,
      };
    });
}
