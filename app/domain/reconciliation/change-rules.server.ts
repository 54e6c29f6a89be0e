import { and, eq } from "drizzle-orm";
import type { Database, Statement } from "~/db.server.ts";
import type { Environment } from "~/lib/environment.ts";
import { ok, type Result, refused } from "~/lib/result.ts";
import type { Signals } from "~/lib/signals.ts";
import { defaultRules, type RuleSet } from "~/xendit/reconcile/rules.ts";
import { auditStatement } from "../operators/audit.server.ts";
import type { Operator } from "../operators/operator.ts";
import { areSameRules } from "./rules-form.ts";

export type RuleRefusal = "limited" | "changed_meanwhile" | "same";

export const ruleRefusals: Record<RuleRefusal, string> = {
  limited: "You see some businesses only, and rules hold for all of them.",
  changed_meanwhile:
    "Somebody else changed the rules since this page was opened. Look at them, then change yours again.",
  same: "These are the rules already.",
};

export interface StandingRules {
  readonly rules: RuleSet;
  /** `null` while the published ones hold. */
  readonly changedBy: string | null;
  readonly changedAt: number | null;
}

export async function findRules(db: Database, environment: Environment): Promise<StandingRules> {
  const { reconciliationRules: table } = db.tables;
  const [row] = await db.read.select().from(table).where(eq(table.environment, environment));
  if (!row) return { rules: defaultRules(environment), changedBy: null, changedAt: null };
  return { rules: row.rules, changedBy: row.changedBy, changedAt: row.changedAt };
}

interface ChangeRules {
  readonly environment: Environment;
  readonly rules: RuleSet;
  /** `changedAt` of the rules that were looked at; `null` for the published ones. */
  readonly seen: number | null;
  /** `scope` is already narrowed to `reconciliation:rules`. */
  readonly operator: Pick<Operator, "operatorId" | "email" | "scope">;
  readonly now: Date;
  readonly signals: Pick<Signals, "ring">;
}

/** Everything is matched anew by them; closed days keep their figures, and what changes there is for the next close. */
export async function changeRules(
  db: Database,
  { environment, rules, seen, operator, now, signals }: ChangeRules,
): Promise<Result<null, RuleRefusal>> {
  if (operator.scope.businessIds !== null) return refused("limited");
  const before = await findRules(db, environment);
  if (before.changedAt !== seen) return refused("changed_meanwhile");
  if (areSameRules(before.rules, rules)) return refused("same");
  const written = await db.write([
    saveStatement(db, { environment, rules, seen, operator, now }),
    auditStatement(db, {
      operator,
      action: "reconciliation:rules",
      environment,
      detail: { before: before.rules, after: rules },
      now,
    }),
  ]);
  if (!written.ok) return refused("changed_meanwhile");
  signals.ring("reconciliation");
  return ok(null);
}

/** Guarded by what was looked at: of two people who change them at once, one is told to look again. */
function saveStatement(
  db: Database,
  { environment, rules, seen, operator, now }: Omit<ChangeRules, "signals">,
): Statement {
  const { reconciliationRules: table } = db.tables;
  const row = { rules, changedBy: operator.email, changedAt: now.getTime() };
  if (seen === null) {
    const query = db.read
      .insert(table)
      .values({ environment, ...row })
      .onConflictDoNothing();
    return { query, rows: 1 };
  }
  const unchanged = and(eq(table.environment, environment), eq(table.changedAt, seen));
  return { query: db.read.update(table).set(row).where(unchanged), rows: 1 };
}
