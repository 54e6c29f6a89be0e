import { createHash } from "node:crypto";
import type { Environment } from "../../../app/lib/environment.ts";
import { chargesOf, isRefunded } from "../../../app/xendit/reconcile/charges.ts";
import { callsForWork, type ReconciliationClass } from "../../../app/xendit/reconcile/classes.ts";
import { classifyGroup } from "../../../app/xendit/reconcile/classify.ts";
import { decidedFacts } from "../../../app/xendit/reconcile/decided-facts.ts";
import type { GroupFacts, MatchContext, Verdict } from "../../../app/xendit/reconcile/group-facts.ts";
import type { Connection } from "../../connection.ts";
import type { GroupChange } from "../../database.ts";
import type { Engine } from "../engine.ts";
import { all, rows, run } from "../statements.ts";
import { writeAmounts } from "./amounts.ts";
import { readFacts } from "./facts.ts";

export interface MadeGroups {
  readonly groups: number;
  readonly changed: number;
  /** Only when asked what would change. */
  readonly changes: readonly GroupChange[];
}

/** Makes these groups anew and writes those that differ. What is no group any more is removed. */
export function matchGroups(
  { connection }: Engine,
  environment: Environment,
  keys: readonly string[],
  context: MatchContext,
  isDryRun: boolean,
): MadeGroups {
  const facts = readFacts(connection, environment, keys).filter(isGroup);
  if (isDryRun) return compare(connection, environment, keys, facts, context);
  const stored = storedGroups(connection, environment, keys);
  const decisions = decisionsOf(connection, environment, keys);
  let changed = 0;
  const made = facts.map((one) => {
    const verdict = classifyGroup(one, context);
    const decided = decide(one, verdict, decisions.get(one.groupKey));
    const values = [environment, one.groupKey, ...valuesOf(verdict, decided)];
    if (!same(values, stored.get(one.groupKey))) {
      run(connection, UPSERT, ...values);
      changed += 1;
    }
    stored.delete(one.groupKey);
    return { groupKey: one.groupKey, verdict, writtenOff: decided.writtenOff };
  });
  for (const groupKey of stored.keys()) {
    run(connection, "DELETE FROM reconciliation_groups WHERE environment = ? AND group_key = ?", environment, groupKey);
    changed += 1;
  }
  writeAmounts(connection, environment, keys, made);
  return { groups: made.length, changed, changes: [] };
}

/** Requests that moved no money and that no row names are in no group. */
function isGroup(facts: GroupFacts): boolean {
  return facts.rows.length > 0 || facts.refunds.some(isRefunded) || chargesOf(facts).length > 0;
}

interface Decision {
  readonly groupKey: string;
  readonly assigneeId: string | null;
  readonly resolution: "accepted" | "written_off" | null;
  readonly about: string | null;
  readonly amount: number | null;
}

interface Decided {
  readonly digest: string;
  readonly state: "none" | "open" | "resolved";
  readonly assigneeId: string | null;
  readonly writtenOff: number;
}

/** A resolution holds while the facts are those it was made about. */
function decide(facts: GroupFacts, verdict: Verdict, decision: Decision | undefined): Decided {
  const digest = createHash("sha256").update(decidedFacts(facts, verdict)).digest("hex");
  const isResolved = decision !== undefined && decision.resolution !== null && decision.about === digest;
  const isWork = callsForWork(verdict.class);
  return {
    digest,
    state: isWork ? (isResolved ? "resolved" : "open") : "none",
    assigneeId: decision?.assigneeId ?? null,
    writtenOff: isWork && isResolved && decision.resolution === "written_off" ? (decision.amount ?? 0) : 0,
  };
}

function decisionsOf(
  connection: Connection,
  environment: Environment,
  keys: readonly string[],
): ReadonlyMap<string, Decision> {
  const found = all<Decision>(
    connection,
    `SELECT d.group_key AS groupKey, d.assignee_id AS assigneeId, d.resolution, d.about, d.amount_minor AS amount
     FROM json_each(?) k CROSS JOIN reconciliation_decisions d ON d.environment = ? AND d.group_key = k.value`,
    JSON.stringify(keys),
    environment,
  );
  return new Map(found.map((decision) => [decision.groupKey, decision]));
}

const COLUMNS = [
  "payment_request_id",
  "business_id",
  "class",
  "notes",
  "state",
  "reference",
  "currency",
  "day",
  "occurred_at",
  "captured_minor",
  "reported_minor",
  "difference_minor",
  "row_count",
  "explanation",
  "digest",
  "changes_at",
  "assignee_id",
] as const;

function valuesOf(verdict: Verdict, decided: Decided): readonly unknown[] {
  return [
    verdict.paymentRequestId,
    verdict.businessId,
    verdict.class,
    JSON.stringify(verdict.notes),
    decided.state,
    verdict.reference,
    verdict.currency,
    verdict.day,
    verdict.occurredAt,
    verdict.captured,
    verdict.reported,
    verdict.difference,
    verdict.rows,
    JSON.stringify(verdict.explanation),
    decided.digest,
    verdict.changesAt,
    decided.assigneeId,
  ];
}

const UPSERT = `INSERT INTO reconciliation_groups (environment, group_key, ${COLUMNS.join(", ")})
  VALUES (${["", "", ...COLUMNS].map(() => "?").join(", ")})
  ON CONFLICT (environment, group_key) DO UPDATE SET ${COLUMNS.map((name) => `${name} = excluded.${name}`).join(", ")}`;

/** As rows of plain values, the key first. */
function storedGroups(
  connection: Connection,
  environment: Environment,
  keys: readonly string[],
): Map<string, readonly unknown[]> {
  const found = rows(
    connection,
    `SELECT g.environment, g.group_key, ${COLUMNS.map((name) => `g.${name}`).join(", ")}
     FROM json_each(?) k CROSS JOIN reconciliation_groups g ON g.environment = ? AND g.group_key = k.value`,
    JSON.stringify(keys),
    environment,
  );
  return new Map(found.map((row) => [String(row[1]), row]));
}

function same(a: readonly unknown[], b: readonly unknown[] | undefined): boolean {
  return b !== undefined && a.every((value, place) => value === b[place]);
}

function compare(
  connection: Connection,
  environment: Environment,
  keys: readonly string[],
  facts: readonly GroupFacts[],
  context: MatchContext,
): MadeGroups {
  const before = new Map(
    all<{ groupKey: string; class: ReconciliationClass; currency: string | null; difference: number | null }>(
      connection,
      `SELECT g.group_key AS groupKey, g.class, g.currency, g.difference_minor AS difference
       FROM json_each(?) k CROSS JOIN reconciliation_groups g ON g.environment = ? AND g.group_key = k.value`,
      JSON.stringify(keys),
      environment,
    ).map((row) => [row.groupKey, row]),
  );
  const changes: GroupChange[] = [];
  for (const one of facts) {
    const verdict = classifyGroup(one, context);
    const known = before.get(one.groupKey);
    before.delete(one.groupKey);
    if (known?.class === verdict.class) continue;
    const { currency, difference } = verdict;
    changes.push({ groupKey: one.groupKey, before: known?.class ?? null, after: verdict.class, currency, difference });
  }
  for (const { groupKey, class: was, currency, difference } of before.values()) {
    changes.push({ groupKey, before: was, after: null, currency, difference });
  }
  return { groups: facts.length, changed: changes.length, changes };
}
