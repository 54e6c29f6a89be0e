import type { Overview } from "~/domain/overview/overview.ts";
import { paths, withParams } from "~/lib/paths.ts";
import { BLANK } from "~/lib/search-params.ts";
import { toIso } from "~/lib/time.ts";

/** The payments behind a figure: the same environment and the same half-open stretch of time. */
export function paymentsBehind(
  { environment }: Pick<Overview, "environment">,
  { from, until }: { readonly from: number; readonly until: number },
  filters: Readonly<Record<string, readonly string[]>> = {},
): string {
  const codes = Object.fromEntries(
    Object.entries(filters).map(([name, values]) => [name, values.map((value) => value || BLANK)]),
  );
  return withParams(paths.payments(), { ...codes, from: toIso(from), to: toIso(until), environment });
}
