import { Link, useLocation } from "@remix-run/react";
import type { Adjusted, Adjustment } from "~/domain/reconciliation/adjustment.ts";
import { changedSums, sumLabel } from "~/domain/reconciliation/figures.ts";
import type { Environment } from "~/lib/environment.ts";
import { paths, withParams } from "~/lib/paths.ts";
import { formatDay } from "~/lib/time.ts";
import { buttonClass } from "../ui/button.tsx";
import { CutId } from "../ui/id.tsx";
import { counted, currencyText, signedText } from "./amount-text.ts";
import { FiguresTable } from "./figures-table.tsx";

interface AdjustmentListProps {
  readonly label: string;
  readonly adjusted: Adjusted;
  readonly environment: Environment;
  /** The search param that says where the names go on. */
  readonly param: string;
}

/** What all of them come to, then each by its name. */
export function AdjustmentList({ label, adjusted, environment, param }: AdjustmentListProps) {
  const { figures, named, next, groups } = adjusted;
  const { pathname, search } = useLocation();
  const params = new URLSearchParams(search);
  const isGoingOn = params.has(param);
  params.delete(param);
  const start = `${pathname}?${params}`;
  if (next !== null) params.set(param, next);
  return (
    <>
      <FiguresTable label={`${label}, together`} figures={figures} isChange measures={measuresOf(adjusted)} />
      <div className="border-t border-line">
        <table className="plain-table" aria-label={`${label}, by name`}>
          <thead>
            <tr>
              <th scope="col">Payment</th>
              <th scope="col">Its day</th>
              <th scope="col">On record with</th>
              <th scope="col">Change</th>
            </tr>
          </thead>
          <tbody>
            {named.map((one) => (
              <tr key={`${one.groupKey} ${one.day} ${one.currency} ${one.period}`}>
                <td>
                  <Name of={one} environment={environment} />
                </td>
                <td className="whitespace-nowrap">
                  <DayLink day={one.day} environment={environment} />
                </td>
                <td className="whitespace-nowrap">
                  {one.period === null ? (
                    <span className="text-muted">the next close</span>
                  ) : (
                    <DayLink day={one.period} environment={environment} />
                  )}
                </td>
                <td className="figures">{changeText(one)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {(next !== null || isGoingOn) && (
        <div className="flex flex-wrap items-center gap-2 border-t border-line px-4 py-2 text-sm text-muted">
          {counted(named.length, "of them", "of them")} by name here, {groups.toLocaleString("en")} in all.
          {isGoingOn && (
            <Link to={start} preventScrollReset className={buttonClass({ size: "sm" })}>
              From the first
            </Link>
          )}
          {next !== null && (
            <Link to={`${pathname}?${params}`} preventScrollReset className={buttonClass({ size: "sm" })}>
              The next
            </Link>
          )}
        </div>
      )}
    </>
  );
}

function Name({ of, environment }: { of: Adjustment; environment: Environment }) {
  return (
    <Link to={withParams(paths.exception(of.groupKey), { environment })} className="link">
      <span className="font-mono text-[12.5px]">
        <CutId value={of.groupKey} />
      </span>
      {of.reference !== null && <span className="block text-xs text-muted">{of.reference}</span>}
    </Link>
  );
}

function DayLink({ day, environment }: { day: string; environment: Environment }) {
  return (
    <Link to={withParams(paths.reconciliationDay(day), { environment })} className="link">
      {formatDay(day as Adjustment["day"])}
    </Link>
  );
}

/** `Captured +1,000.00, Net +900.00 IDR`. */
export function changeText({ sums, currency }: Pick<Adjustment, "sums" | "currency">): string {
  const parts = changedSums(sums).map((name) => `${sumLabel[name]} ${signedText(BigInt(sums[name]), currency)}`);
  return `${parts.join(", ")} ${currencyText(currency)}`;
}

/** Only rows in which something changed; the difference whenever one of its four did. */
function measuresOf({ figures }: Adjusted) {
  const changed = figures.flatMap(({ sums }) => changedSums(sums));
  const inDifference = (["captured", "refunded", "reported", "reportedRefunds"] as const).some((name) =>
    changed.includes(name),
  );
  return [...new Set(changed), ...(inDifference ? (["difference"] as const) : [])];
}
