import { Link } from "@remix-run/react";
import { formatMonth, monthOf } from "~/domain/reconciliation/month.ts";
import type { Environment } from "~/lib/environment.ts";
import { paths, withParams } from "~/lib/paths.ts";
import { addDays, type BusinessDay, formatDay } from "~/lib/time.ts";

interface DayLinksProps {
  readonly day: BusinessDay;
  readonly environment: Environment;
}

/** Up to the month, and to the days beside this one. */
export function DayLinks({ day, environment }: DayLinksProps) {
  const month = monthOf(day);
  const before = addDays(day, -1);
  const after = addDays(day, 1);
  const at = (path: string) => withParams(path, { environment });
  return (
    <span className="flex flex-wrap items-center gap-x-1.5">
      <Link to={withParams(paths.reconciliation(), { environment, month })}>Reconciliation</Link> ›{" "}
      <Link to={at(paths.reconciliationMonth(month))}>{formatMonth(month)}</Link> ·{" "}
      <Link to={at(paths.reconciliationDay(before))}>← {formatDay(before)}</Link> ·{" "}
      <Link to={at(paths.reconciliationDay(after))}>{formatDay(after)} →</Link>
    </span>
  );
}
