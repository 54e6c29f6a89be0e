import type { Environment } from "../../../app/lib/environment.ts";
import { DEFAULT_ZONE, isZone } from "../../../app/lib/zone.ts";
import type { MatchContext } from "../../../app/xendit/reconcile/group-facts.ts";
import { defaultRules, type RuleSet } from "../../../app/xendit/reconcile/rules.ts";
import type { Connection } from "../../connection.ts";
import type { GroupChange } from "../../database.ts";
import type { Engine } from "../engine.ts";
import type { Done, MatchJob, MatchStep } from "../jobs.ts";
import { all, get, run } from "../statements.ts";
import { addTallies, NO_TALLIES, readTallies, summarise, type Tallies } from "./check.ts";
import { matchGroups } from "./groups.ts";
import { linkSlice, relinkAround } from "./links.ts";

/** How long a slice may keep captures waiting. */
const SLICE_MS = 25;
const KEYS_AT_ONCE = 50;
/** Keys that are only looked at. */
const KEYS_PER_LOOK = 500;
const KEYS_PER_CHECK = 1_000;

/**
 * One slice of a match (decision 7). Of a whole one: every row is linked, every group made anew where it differs, and every
 * row and payment counted again against the groups. Of some groups: their rows, those that might belong to them, and what
 * these lead to. Asked what other rules would change, nothing is written.
 */
export function matchSlice(engine: Engine, { order, step: from }: MatchJob): Done<MatchStep> {
  const { connection } = engine;
  let step = from ?? firstStep(connection, order);
  const context = { rules: step.rules, zone: step.zone, now: order.now };
  if (order.groupKeys) return { value: matchSome(engine, order, step, context), changes: [] };
  const changes: GroupChange[] = [];
  const end = performance.now() + SLICE_MS;
  do {
    step = advance(engine, order, step, context);
    changes.push(...step.changes);
  } while (step.phase !== "done" && performance.now() < end);
  return { value: { ...step, changes }, changes: [] };
}

function firstStep(connection: Connection, { environment, rules, isDryRun, groupKeys }: MatchJob["order"]): MatchStep {
  const begun = {
    after: "",
    startedAt: performance.now(),
    done: 0,
    rules: rules ?? storedRules(connection, environment),
    zone: storedZone(connection),
    groups: 0,
    changed: 0,
    changes: [],
    tallies: NO_TALLIES,
    check: null,
  };
  if (groupKeys) return { ...begun, phase: "payment", total: groupKeys.length };
  const rows = count(connection, "report_rows", environment);
  const requests = count(connection, "payment_requests", environment);
  if (isDryRun) return { ...begun, phase: "payment", total: Math.max(rows, requests) };
  return { ...begun, phase: "link", total: rows + 2 * Math.max(rows, requests) };
}

function storedRules(connection: Connection, environment: Environment): RuleSet {
  const row = get<{ rules: string }>(
    connection,
    "SELECT rules FROM reconciliation_rules WHERE environment = ?",
    environment,
  );
  return row ? (JSON.parse(row.rules) as RuleSet) : defaultRules(environment);
}

function storedZone(connection: Connection): string {
  const row = get<{ value: string }>(connection, "SELECT value FROM settings WHERE name = 'accounting-zone'");
  const zone: unknown = row ? JSON.parse(row.value) : null;
  return isZone(zone) ? zone : DEFAULT_ZONE;
}

function count(connection: Connection, table: "report_rows" | "payment_requests", environment: Environment): number {
  const row = get<{ count: number }>(
    connection,
    `SELECT count(*) AS count FROM ${table} WHERE environment = ?`,
    environment,
  );
  return row?.count ?? 0;
}

function advance(engine: Engine, order: MatchJob["order"], step: MatchStep, context: MatchContext): MatchStep {
  switch (step.phase) {
    case "link": {
      const { next, rows } = linkSlice(engine, order.environment, Number(step.after));
      const done = { ...step, done: step.done + rows, changes: [] };
      return next === null ? { ...done, phase: "payment", after: "" } : { ...done, after: String(next) };
    }
    case "payment":
      return matchPayments(engine, order, step, context);
    case "group":
      return matchOthers(engine, order, step, context);
    case "check":
      return check(engine, order, step, context);
    case "done":
      return { ...step, changes: [] };
  }
}

/**
 * Payments in order of time: nearly every index of the groups is in that order, and a page is written once for many of
 * them. In order of their random ids each group would touch as many pages as there are indexes.
 */
function matchPayments(engine: Engine, order: MatchJob["order"], step: MatchStep, context: MatchContext): MatchStep {
  const [at, key] = step.after === "" ? [MIN_TIME, ""] : (JSON.parse(step.after) as [number, string]);
  const found = all<{ at: number; key: string }>(
    engine.connection,
    `SELECT sort_at AS at, payment_request_id AS key FROM payment_requests
     WHERE environment = ? AND (sort_at, payment_request_id) > (?, ?) ORDER BY sort_at, payment_request_id LIMIT ?`,
    order.environment,
    at,
    key,
    KEYS_AT_ONCE,
  );
  const last = found.at(-1);
  if (!last) return { ...step, phase: "group", after: "", changes: [] };
  const keys = found.map((one) => one.key);
  return advanceBy(engine, order, { ...step, after: JSON.stringify([last.at, last.key]) }, keys, context);
}

const MIN_TIME = Number.MIN_SAFE_INTEGER;

/** Rows that lead to no payment of ours, and groups of what is no longer there. */
function matchOthers(engine: Engine, order: MatchJob["order"], step: MatchStep, context: MatchContext): MatchStep {
  const { environment, isDryRun = false } = order;
  const keys = keysAfter(engine.connection, environment, step.after, KEYS_PER_LOOK);
  const last = keys.at(-1);
  if (last === undefined) return { ...step, phase: isDryRun ? "done" : "check", after: "", changes: [] };
  const others = all<{ key: string }>(
    engine.connection,
    `SELECT value AS key FROM json_each(?) WHERE NOT EXISTS (
       SELECT 1 FROM payment_requests WHERE environment = ? AND payment_request_id = value) LIMIT ?`,
    JSON.stringify(keys),
    environment,
    KEYS_AT_ONCE,
  ).map(({ key }) => key);
  const after = others.length === KEYS_AT_ONCE ? (others.at(-1) ?? last) : last;
  return advanceBy(engine, order, { ...step, after }, others, context);
}

function advanceBy(
  engine: Engine,
  { environment, isDryRun = false }: MatchJob["order"],
  step: MatchStep,
  keys: readonly string[],
  context: MatchContext,
): MatchStep {
  const made = matchGroups(engine, environment, keys, context, isDryRun);
  return {
    ...step,
    done: step.done + keys.length,
    groups: step.groups + made.groups,
    changed: step.changed + made.changed,
    changes: made.changes,
  };
}

/**
 * Counts a range of keys on both sides. What came into it since its groups were made is matched again first, so that what
 * the check finds is a fault and no news.
 */
function check(engine: Engine, order: MatchJob["order"], step: MatchStep, context: MatchContext): MatchStep {
  const { environment } = order;
  const keys = keysAfter(engine.connection, environment, step.after, KEYS_PER_CHECK);
  const last = keys.at(-1);
  const range = { environment, after: step.after, upTo: last ?? GREATEST };
  let found = readTallies(engine.connection, range);
  if (!isEven(found) && keys.length > 0) {
    matchGroups(engine, environment, keys, context, false);
    found = readTallies(engine.connection, range);
  }
  const tallies = addTallies(step.tallies, found);
  const counted = { ...step, tallies, done: step.done + keys.length, changes: [] };
  return last === undefined ? finish(engine, order, counted) : { ...counted, after: last };
}

const GREATEST = "\u{10ffff}";

function isEven(tallies: Tallies): boolean {
  return summarise(tallies, 0).isWhole;
}

function finish({ connection }: Engine, { environment, now }: MatchJob["order"], step: MatchStep): MatchStep {
  const row = get<{ count: number }>(
    connection,
    "SELECT count(*) AS count FROM report_rows WHERE environment = ? AND group_key IS NULL",
    environment,
  );
  const result = summarise(step.tallies, row?.count ?? 0);
  run(
    connection,
    `INSERT INTO reconciliation_runs (environment, started_at, finished_at, groups, rows, "check")
     VALUES (@environment, @startedAt, @finishedAt, @groups, @rows, @check)
     ON CONFLICT (environment) DO UPDATE SET started_at = excluded.started_at, finished_at = excluded.finished_at,
       groups = excluded.groups, rows = excluded.rows, "check" = excluded."check"`,
    {
      environment,
      startedAt: now,
      finishedAt: now + Math.round(performance.now() - step.startedAt),
      groups: step.groups,
      rows: Number(result.rows.expected),
      check: JSON.stringify(result),
    },
  );
  return { ...step, phase: "done", check: result, done: step.total };
}

function matchSome(engine: Engine, order: MatchJob["order"], step: MatchStep, context: MatchContext): MatchStep {
  const { environment, groupKeys = [], isDryRun = false } = order;
  const keys = isDryRun ? groupKeys : relinkAround(engine, environment, groupKeys);
  const made = matchGroups(engine, environment, keys, context, isDryRun);
  return { ...step, ...made, phase: "done", done: step.total };
}

/** The next keys of anything that is or was a group, or might become one. */
function keysAfter(connection: Connection, environment: Environment, after: string, limit: number): string[] {
  return all<{ key: string }>(
    connection,
    `SELECT key FROM (
       SELECT * FROM (SELECT payment_request_id AS key FROM payment_requests
         WHERE environment = @environment AND payment_request_id > @after ORDER BY payment_request_id LIMIT @limit)
       UNION SELECT * FROM (SELECT DISTINCT group_key AS key FROM report_rows INDEXED BY report_rows_by_group
         WHERE environment = @environment AND group_key > @after ORDER BY group_key LIMIT @limit)
       UNION SELECT * FROM (SELECT group_key AS key FROM reconciliation_groups
         WHERE environment = @environment AND group_key > @after ORDER BY group_key LIMIT @limit)
       UNION SELECT * FROM (SELECT DISTINCT group_key AS key FROM reconciliation_amounts
         WHERE environment = @environment AND group_key > @after ORDER BY group_key LIMIT @limit)
     ) ORDER BY key LIMIT @limit`,
    { environment, after, limit },
  ).map(({ key }) => key);
}
