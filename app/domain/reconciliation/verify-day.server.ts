import { and, asc, eq } from "drizzle-orm";
import { alive, type Database } from "~/db.server.ts";
import type { Environment } from "~/lib/environment.ts";
import type { Scope } from "~/lib/scope.ts";
import type { BusinessDay } from "~/lib/time.ts";
import { LEDGER_AMOUNTS } from "~/xendit/reconcile/amount-names.ts";
import { digestLedger } from "~/xendit/reconcile/ledger.ts";

export interface Verified {
  /** The ledger still gives the digest the day was closed with, and its totals. */
  readonly isSame: boolean;
  readonly digest: string;
  readonly rows: number;
}

/** Computes a closed day's digest and totals again from the ledger as it is; `null` when the day is not closed. */
export async function verifyDay(
  db: Database,
  scope: Scope,
  { environment, day }: { environment: Environment; day: BusinessDay },
): Promise<Verified | null> {
  if (!scope.environments.includes(environment)) return null;
  const { closedDays, reconciliationLedger: ledger } = db.tables;
  const [closing] = await db.read
    .select({ digest: closedDays.digest, totals: closedDays.totals })
    .from(closedDays)
    .where(and(eq(closedDays.environment, environment), eq(closedDays.day, day)));
  if (!closing) return null;
  const rows = await db
    .heavy()
    .select()
    .from(ledger)
    .where(and(eq(ledger.environment, environment), eq(ledger.period, day), alive))
    .orderBy(asc(ledger.groupKey), asc(ledger.day), asc(ledger.currency));
  const again = digestLedger({ environment, period: day });
  for (const row of rows) again.add({ ...row, amounts: LEDGER_AMOUNTS.map((amount) => row[amount]) });
  const { digest, totals } = again.end();
  const isSame = digest === closing.digest && totals.every((one) => closing.totals.some((kept) => holds(kept, one)));
  return { isSame, digest, rows: rows.length };
}

type Totals = Readonly<Record<string, string>>;

/** What was kept beside the sums (amounts not told) is not in the ledger. */
function holds(kept: Totals, again: Totals): boolean {
  return Object.entries(again).every(([name, value]) => kept[name] === value);
}
