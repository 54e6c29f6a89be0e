import { clsx } from "clsx";
import { type Figures, MEASURES, type Measure, measureOf, sumLabel } from "~/domain/reconciliation/figures.ts";
import { amountText, counted, currencyText, signedText } from "./amount-text.ts";

interface FiguresTableProps {
  readonly label: string;
  readonly figures: readonly Figures[];
  /** Every figure with its sign: what is added to or taken from others. */
  readonly isChange?: boolean;
  readonly measures?: readonly Measure[];
}

/** A row a figure, a column a currency: nothing stands where it could be added across two. */
export function FiguresTable({ label, figures, isChange, measures }: FiguresTableProps) {
  const shown = MEASURES.filter(({ name }) => !measures || measures.includes(name));
  return (
    <table className="plain-table figures" aria-label={label}>
      <thead>
        <tr>
          <th scope="col">
            <span className="sr-only">Figure</span>
          </th>
          {figures.map(({ currency }) => (
            <th key={currency} scope="col" data-align="right">
              {currencyText(currency)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {shown.map(({ name, about }) => (
          <tr key={name} className={clsx(name === "difference" && "font-semibold")}>
            <th scope="row" title={about}>
              <span className={clsx("text-sm", name === "difference" ? "font-semibold text-ink" : "text-ink")}>
                {sumLabel[name]}
              </span>
            </th>
            {figures.map((one) => (
              <td key={one.currency} data-align="right" className="whitespace-nowrap">
                <Amount of={one} measure={name} isChange={isChange} />
              </td>
            ))}
          </tr>
        ))}
        <Untold figures={figures} />
      </tbody>
    </table>
  );
}

const SIGNED: readonly Measure[] = ["difference", "writtenOff"];

export function Amount({ of, measure, isChange }: { of: Figures; measure: Measure; isChange?: boolean }) {
  const minor = measureOf(of.sums, measure);
  const isSigned = isChange || SIGNED.includes(measure);
  const isOff = measure === "difference" && minor !== 0n && !isChange;
  return (
    <span className={clsx(minor === 0n && "text-muted", isOff && "text-look")}>
      {isSigned ? signedText(minor, of.currency) : amountText(minor, of.currency).replace("-", "−")}
    </span>
  );
}

/** Beside every total: how many amounts are not in it. */
function Untold({ figures }: { figures: readonly Figures[] }) {
  if (figures.every(({ untold }) => untold === 0)) return null;
  return (
    <tr>
      <th scope="row">
        <span className="text-sm text-look">Not in these totals</span>
      </th>
      {figures.map(({ currency, untold }) => (
        <td key={currency} data-align="right" className="text-look">
          {untold === 0 ? "–" : counted(untold, "amount")}
        </td>
      ))}
    </tr>
  );
}
