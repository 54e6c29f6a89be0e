import type { Database } from "~/db.server.ts";
import { ok, type Result, refused } from "~/lib/result.ts";
import type { Permission } from "../operators/permissions.ts";
import { acceptExceptions } from "./accept-exceptions.server.ts";
import { assignExceptions } from "./assign-exceptions.server.ts";
import { commentException } from "./comment-exception.server.ts";
import type { Deciding } from "./decide-each.server.ts";
import { type Answers, MOST_AT_ONCE } from "./exception.ts";
import { withoutMark } from "./exception-csv.ts";
import { confirmedText, type LoadPlan, MAX_CONFIRMED, MOST_LOADED, type PlannedAct } from "./load-plan.ts";
import { type LoadedRow, type LoadProblem, readLoadedRow } from "./loaded-row.ts";
import { planLoad } from "./plan-load.server.ts";
import type { Sheet } from "./read-sheet.server.ts";
import { writeOffExceptions } from "./write-off-exceptions.server.ts";

export interface Loading extends Deciding {
  readonly can: (permission: Permission) => boolean;
}

/** Of a file as it was sent: what it would change. */
export async function previewLoad(
  db: Database,
  order: Loading,
  sheet: Sheet,
): Promise<Result<LoadPlan, "too_many_rows" | "too_much">> {
  if (sheet.rows.length > MOST_LOADED) return refused("too_many_rows");
  const place = new Map(sheet.columns.map((name, index) => [name, index]));
  const rows: LoadedRow[] = [];
  const problems: LoadProblem[] = [];
  for (const { line, cells } of sheet.rows) {
    const cell = (column: string) => withoutMark((cells[place.get(column) ?? -1] ?? "").trim());
    const environment = cell("environment");
    const read = readLoadedRow(line, cell);
    if (environment !== "" && environment !== order.environment) {
      problems.push({
        line,
        column: "environment",
        value: environment.slice(0, 80),
        message: "is another environment",
      });
    } else if (read.ok) rows.push(read.row);
    else problems.push(read.problem);
  }
  const plan = await planAllowed(db, order, rows);
  if (confirmedText(plan).length > MAX_CONFIRMED) return refused("too_much");
  return ok({ ...plan, problems: [...problems, ...plan.problems].sort((a, b) => a.line - b.line) });
}

/** Looks again at the rows that were confirmed, and does what they still come to. Each row is answered for. */
export async function applyLoad(
  db: Database,
  order: Loading,
  rows: readonly LoadedRow[],
): Promise<{ readonly plan: LoadPlan; readonly answers: Answers }> {
  const plan = await planAllowed(db, order, rows);
  const refusedRows: Answers["refused"][number][] = [];
  const add = (answers: Answers) => void refusedRows.push(...answers.refused);
  // Resolving comes last: what is said about an exception belongs before what became of it.
  for (const [assigneeId, groupKeys] of byAssignee(plan)) {
    for (const some of slices(groupKeys)) add(await assignExceptions(db, { ...order, groupKeys: some, assigneeId }));
  }
  for (const { row, act } of actsOf(plan, "comment")) {
    const { text, commentId } = act;
    const commented = await commentException(db, { ...order, groupKey: row.groupKey, commentId, text });
    const { groupKey } = row;
    if (!commented.ok) refusedRows.push({ groupKey, refusal: commented.refusal, detail: commented.detail });
  }
  for (const some of slices(actsOf(plan, "accept")))
    add(await acceptExceptions(db, { ...order, accepted: some.map(decided) }));
  for (const some of slices(actsOf(plan, "write_off"))) {
    add(await writeOffExceptions(db, { ...order, writtenOff: some.map(decided) }));
  }
  const isRefused = new Set(refusedRows.map(({ groupKey }) => groupKey));
  const done = plan.changes.map(({ row }) => row.groupKey).filter((groupKey) => !isRefused.has(groupKey));
  return { plan, answers: { done, refused: refusedRows } };
}

/** What this operator may not do is said before, row by row, and not after. */
async function planAllowed(db: Database, order: Loading, rows: readonly LoadedRow[]): Promise<LoadPlan> {
  const plan = await planLoad(db, order, rows);
  const problems = [...plan.problems];
  const changes = plan.changes.filter(({ row, acts }) => {
    const forbidden = acts.find(({ act }) => !order.can(permissionOf[act]));
    if (!forbidden) return true;
    const column = forbidden.act === "comment" ? "comment" : "resolution";
    problems.push({ line: row.line, column, value: forbidden.act, message: "Your role does not allow this." });
    return false;
  });
  return { ...plan, changes, problems };
}

const permissionOf: Readonly<Record<PlannedAct["act"], Permission>> = {
  assign: "reconciliation:resolve",
  comment: "notes:write",
  accept: "reconciliation:resolve",
  write_off: "reconciliation:write-off",
};

type Of<Act extends PlannedAct["act"]> = Extract<PlannedAct, { readonly act: Act }>;

function actsOf<Act extends PlannedAct["act"]>(
  { changes }: LoadPlan,
  wanted: Act,
): readonly { readonly row: LoadedRow; readonly act: Of<Act> }[] {
  return changes.flatMap(({ row, acts }) =>
    acts.flatMap((act) => (act.act === wanted ? [{ row, act: act as Of<Act> }] : [])),
  );
}

function byAssignee(plan: LoadPlan): ReadonlyMap<string | null, readonly string[]> {
  const keys = new Map<string | null, string[]>();
  for (const { row, act } of actsOf(plan, "assign")) {
    keys.set(act.assigneeId, [...(keys.get(act.assigneeId) ?? []), row.groupKey]);
  }
  return keys;
}

function decided({ row, act }: { readonly row: LoadedRow; readonly act: { readonly reason: string } }) {
  return { groupKey: row.groupKey, digest: row.digest, reason: act.reason };
}

function slices<One>(all: readonly One[]): readonly (readonly One[])[] {
  const count = Math.ceil(all.length / MOST_AT_ONCE);
  return Array.from({ length: count }, (_, index) => all.slice(index * MOST_AT_ONCE, (index + 1) * MOST_AT_ONCE));
}
