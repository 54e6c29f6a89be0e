import { and, eq, gte, lt } from "drizzle-orm";
import type { Database } from "~/db.server.ts";
import type { Environment } from "~/lib/environment.ts";
import type { Scope } from "~/lib/scope.ts";
import { type BusinessDay, dayRange } from "~/lib/time.ts";
import { maySeeImports } from "./import.ts";

interface Asked {
  readonly environment: Environment;
  readonly day: BusinessDay;
  readonly zone: string;
}

/**
 * Whether a report was read whose first and last transaction (or the period it was asked for) are around this day; what a
 * report leaves out in between is Xendit's word. `null` for operators who are told nothing of imports.
 */
export async function isDayReported(
  db: Database,
  scope: Scope,
  { environment, day, zone }: Asked,
): Promise<boolean | null> {
  if (!maySeeImports(scope) || !scope.environments.includes(environment)) return null;
  const { reportImports: table } = db.tables;
  const { from, until } = dayRange(day, zone);
  const rows = await db.read
    .select({ importId: table.importId })
    .from(table)
    .where(
      and(eq(table.environment, environment), eq(table.state, "imported"), lt(table.from, until), gte(table.to, from)),
    )
    .limit(1);
  return rows.length > 0;
}
