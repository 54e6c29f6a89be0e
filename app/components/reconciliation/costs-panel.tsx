import { EqualNot } from "lucide-react";
import type { OpenedException } from "~/domain/reconciliation/open-exception.server.ts";
import type { RowCosts } from "~/domain/reconciliation/row-costs.ts";
import { Id } from "../ui/id.tsx";
import { Money } from "../ui/money.tsx";
import { Panel } from "../ui/panel.tsx";
import { Time } from "../ui/time.tsx";

/** Fee and VAT as reported beside what the rules expect, and when it settles. */
export function CostsPanel({ opened: { costs } }: { opened: OpenedException }) {
  if (costs.length === 0) return null;
  return (
    <Panel title="Fee, VAT and settlement" id="costs" flush>
      <table className="plain-table" aria-label="Fee, VAT and settlement">
        <thead>
          <tr>
            <th>Row</th>
            <th data-align="right">Reported</th>
            <th data-align="right">Expected</th>
          </tr>
        </thead>
        {costs.map((cost) => (
          <CostBody key={cost.transactionId} cost={cost} />
        ))}
      </table>
    </Panel>
  );
}

function CostBody({ cost }: { cost: RowCosts }) {
  const { currency } = cost;
  return (
    <tbody className="border-b border-line-strong last:border-b-0">
      <tr>
        <th colSpan={3} scope="rowgroup" className="!pb-0">
          <Id value={cost.transactionId} kind="transaction" />
        </th>
      </tr>
      <Figure name="Fee" reported={cost.fee} expected={cost.expectedFee} currency={currency} />
      <Figure name="VAT on the fee" reported={cost.vat} expected={cost.expectedVat} currency={currency} />
      {cost.withheld !== null && cost.withheld !== 0 && (
        <Figure name="Tax withheld" reported={cost.withheld} currency={currency} />
      )}
      <Figure name="Net" reported={cost.net} currency={currency} />
      <tr>
        <td>{cost.settlement === "settled" ? "Settled" : "Settlement"}</td>
        <td data-align="right">
          {cost.settledAt !== null ? <Time at={cost.settledAt} relative={false} /> : settlementWords[cost.settlement]}
        </td>
        <td data-align="right">
          {cost.estimatedAt === null ? <Untold words="no estimate" /> : <Time at={cost.estimatedAt} relative={false} />}
        </td>
      </tr>
    </tbody>
  );
}

const settlementWords = { settled: "settled, no time told", waiting: "not yet", untold: "not told" } as const;

interface FigureProps {
  readonly name: string;
  readonly reported: number | null;
  /** `undefined`: nothing is expected of it; `null`: no rule says what. */
  readonly expected?: number | null;
  readonly currency: string | null;
}

function Figure({ name, reported, expected, currency }: FigureProps) {
  const differs = expected !== undefined && expected !== null && (reported ?? 0) !== expected;
  return (
    <tr className={differs ? "bg-look-soft" : undefined}>
      <td>
        {name}
        {differs && (
          <span className="ml-2 inline-flex items-center gap-1 text-xs font-medium text-look">
            <EqualNot size={12} aria-hidden /> differs
          </span>
        )}
      </td>
      <td data-align="right">
        {reported === null ? <Untold words="not told" /> : <Money minor={reported} currency={currency} />}
      </td>
      <td data-align="right">
        {expected === undefined ? null : expected === null ? (
          <Untold words="no rate set" />
        ) : (
          <Money minor={expected} currency={currency} />
        )}
      </td>
    </tr>
  );
}

function Untold({ words }: { words: string }) {
  return <span className="text-faint">{words}</span>;
}
