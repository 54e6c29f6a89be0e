import { clsx } from "clsx";
import { type Figures, MEASURES, sumLabel } from "~/domain/reconciliation/figures.ts";
import { counted, currencyText } from "./amount-text.ts";
import { Amount, FiguresTable } from "./figures-table.tsx";
import { ScrollBox } from "./scroll-box.tsx";

/** The month at a glance: one currency as figures, several as a table. */
export function MonthFigures({ label, figures }: { label: string; figures: readonly Figures[] }) {
  const [only] = figures;
  if (figures.length > 1) {
    return (
      <ScrollBox className="overflow-x-auto" label={label}>
        <FiguresTable label={label} figures={figures} />
      </ScrollBox>
    );
  }
  if (!only) return <p className="text-sm text-muted">No figures in this month.</p>;
  return (
    <>
      <dl className="grid grid-cols-2 gap-x-6 gap-y-3 sm:grid-cols-3 lg:grid-cols-6">
        {MEASURES.map(({ name, about }) => (
          <div key={name} title={about} className="min-w-0">
            <dt className="text-sm text-muted">{sumLabel[name]}</dt>
            <dd className={clsx("figures truncate", name === "difference" ? "font-semibold" : "font-medium")}>
              <Amount of={only} measure={name} />
            </dd>
          </div>
        ))}
      </dl>
      <p className="mt-3 text-sm text-muted">
        All in {currencyText(only.currency)}, each amount on the day of the capture or refund it is about.
        {only.untold > 0 && (
          <span className="text-look">
            {" "}
            {counted(only.untold, "amount")} of more decimals than the currency has, or not told, in none of these.
          </span>
        )}
      </p>
    </>
  );
}
