import { and, eq, inArray } from "drizzle-orm";
import type { Database } from "~/db.server.ts";
import { OWN_PREFIXES } from "~/lib/ids.ts";
import { formatMoney } from "~/lib/money.ts";
import { sha256 } from "~/xendit/canonical.ts";
import type { RuleSet } from "~/xendit/reconcile/rules.ts";
import { inBusiness } from "../overview/in-business.server.ts";
import { isOpen } from "./accept-exceptions.server.ts";
import type { Deciding, Decision, Group } from "./decide-each.server.ts";
import { refusalText } from "./exception.ts";
import { listResolvers, maySee, type Resolver } from "./list-resolvers.server.ts";
import type { LoadPlan, PlannedAct } from "./load-plan.ts";
import { type LoadedRow, type LoadProblem, NOBODY } from "./loaded-row.ts";
import { readRules } from "./read-rules.server.ts";
import { writeOffOf } from "./write-off.ts";

/** What is known of an exception when a row about it is looked at. */
interface Known {
  readonly group: Group;
  readonly decision: Decision | null;
  readonly assignee: string | null;
}

interface Looking {
  readonly known: ReadonlyMap<string, Known>;
  readonly resolvers: readonly Resolver[];
  readonly rules: RuleSet;
  readonly comments: ReadonlySet<string>;
}

/** Holds the rows against the exceptions as they are now. Nothing is written. */
export async function planLoad(db: Database, order: Deciding, rows: readonly LoadedRow[]): Promise<LoadPlan> {
  const { environment } = order;
  const [known, resolvers, rules, comments] = await Promise.all([
    findGroups(db, order, rows),
    listResolvers(db, environment),
    readRules(db, environment),
    findComments(
      db,
      rows.flatMap((row) => (row.comment === null ? [] : [commentIdOf(environment, row)])),
    ),
  ]);
  const plan = { changes: [], same: 0, changed: [], problems: [] } as Writable<LoadPlan>;
  const seen = new Set<string>();
  for (const row of rows) {
    const looking = { known, resolvers, rules, comments };
    const told = seen.has(row.groupKey)
      ? problem(row, "group_key", row.groupKey, "stands in the file twice")
      : actsOf(environment, row, looking);
    seen.add(row.groupKey);
    if (Array.isArray(told)) {
      if (told.length === 0) plan.same += 1;
      else plan.changes.push({ row, acts: told });
    } else if ("isStale" in told) plan.changed.push(told.problem);
    else plan.problems.push(told);
  }
  return plan;
}

type Writable<Value> = {
  -readonly [Name in keyof Value]: Value[Name] extends readonly (infer One)[] ? One[] : Value[Name];
};
type Told = PlannedAct[] | LoadProblem | { readonly isStale: true; readonly problem: LoadProblem };

function problem({ line }: LoadedRow, column: string, value: string, message: string): LoadProblem {
  return { line, column, value, message };
}

function actsOf(environment: Deciding["environment"], row: LoadedRow, looking: Looking): Told {
  const known = looking.known.get(row.groupKey);
  if (!known) return problem(row, "group_key", row.groupKey, "is no exception here, or not yours to change");
  const acts: PlannedAct[] = [];
  const assigned = assigning(row, known, looking);
  if ("line" in assigned) return assigned;
  acts.push(...assigned.acts);
  if (row.comment !== null) {
    const commentId = commentIdOf(environment, row);
    if (!looking.comments.has(commentId)) acts.push({ act: "comment", text: row.comment, commentId });
  }
  const resolved = resolving(row, known, looking);
  if ("line" in resolved) return resolved;
  acts.push(...resolved.acts);
  if (acts.length > 0 && known.group.digest !== row.digest) {
    const told = problem(row, "facts_digest", row.groupKey, "changed since it was exported: look at it again");
    return { isStale: true, problem: told };
  }
  return acts;
}

type Acts = { readonly acts: readonly PlannedAct[] } | LoadProblem;

function assigning(row: LoadedRow, { group, assignee }: Known, { resolvers }: Looking): Acts {
  if (row.assignee === null || row.assignee === (assignee ?? NOBODY).toLowerCase()) return { acts: [] };
  if (row.assignee === NOBODY) return { acts: [{ act: "assign", before: assignee, after: null, assigneeId: null }] };
  const found = resolvers.find(({ email }) => email.toLowerCase() === row.assignee);
  if (!found) return problem(row, "assignee", row.assignee, refusalText({ refusal: "assignee_unknown" }));
  if (!maySee(found, group))
    return problem(row, "assignee", row.assignee, refusalText({ refusal: "assignee_may_not_see" }));
  return { acts: [{ act: "assign", before: assignee, after: found.email, assigneeId: found.operatorId }] };
}

function resolving(row: LoadedRow, { group, decision }: Known, { rules }: Looking): Acts {
  const { resolution, reason, digest } = row;
  if (resolution === null || reason === null) return { acts: [] };
  const isResolved = group.state === "resolved" && decision?.about === group.digest;
  if (isResolved && decision.resolution === resolution && decision.reason === reason) return { acts: [] };
  // What became of a row that is not as it was exported is told by its digest alone.
  if (group.digest !== digest) return { acts: [{ act: "accept", reason }] };
  const open = isOpen(group, digest);
  if (!open.ok) return problem(row, "resolution", resolution, refusalText(open));
  if (resolution === "accepted") return { acts: [{ act: "accept", reason }] };
  const allowed = writeOffOf(group, rules);
  if (!allowed.ok) return problem(row, "resolution", resolution, refusalText(allowed));
  const amount = formatMoney({ minor: allowed.value.amount, currency: allowed.value.currency });
  return { acts: [{ act: "write_off", reason, amount }] };
}

/** Of the row itself: the same file loaded again adds no comment twice. */
function commentIdOf(environment: string, { groupKey, digest, comment }: LoadedRow): string {
  return OWN_PREFIXES.comment + sha256([environment, groupKey, digest, comment].join("\n")).slice(0, 40);
}

const AT_ONCE = 500;

async function findGroups(
  db: Database,
  { environment, operator: { scope } }: Deciding,
  rows: readonly LoadedRow[],
): Promise<ReadonlyMap<string, Known>> {
  if (!scope.environments.includes(environment)) return new Map();
  const { reconciliationGroups: groups, reconciliationDecisions: decisions, operators } = db.tables;
  const found: [string, Known][] = [];
  for (const keys of slices(rows.map(({ groupKey }) => groupKey))) {
    const some = await db.read
      .select({ group: groups, decision: decisions, assignee: operators.email })
      .from(groups)
      .leftJoin(decisions, and(eq(decisions.environment, groups.environment), eq(decisions.groupKey, groups.groupKey)))
      .leftJoin(operators, eq(operators.operatorId, groups.assigneeId))
      .where(
        and(eq(groups.environment, environment), inArray(groups.groupKey, keys), inBusiness(groups.businessId, scope)),
      );
    found.push(...some.map((one): [string, Known] => [one.group.groupKey, one]));
  }
  return new Map(found);
}

async function findComments(db: Database, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const { reconciliationComments: table } = db.tables;
  const found = new Set<string>();
  for (const some of slices(ids)) {
    const rows = await db.read.select({ id: table.commentId }).from(table).where(inArray(table.commentId, some));
    for (const { id } of rows) found.add(id);
  }
  return found;
}

function slices(all: readonly string[]): string[][] {
  const count = Math.ceil(all.length / AT_ONCE);
  return Array.from({ length: count }, (_, index) => all.slice(index * AT_ONCE, (index + 1) * AT_ONCE));
}
