import { and, eq, isNotNull, or, type SQL, sql } from "drizzle-orm";
import type { Database, Tables } from "~/db.server.ts";
import type { Environment } from "~/lib/environment.ts";
import type { Scope } from "~/lib/scope.ts";
import { type ListPage, listChunks, listPage } from "../lists/list-page.server.ts";
import type { SettledFilters } from "../lists/list-request.server.ts";
import type { ListDefinition, ListSource } from "../lists/list-source.server.ts";
import { AGES, type Age, ageSpan } from "./exception.ts";
import type { ExceptionCode, ExceptionFilters } from "./exception-filters.ts";
import { narrowToFound } from "./exception-search.server.ts";

export type SettledExceptions = ExceptionFilters & { readonly environment: Environment };

interface Viewed {
  /** Who `me` is. */
  readonly operatorId: string;
  /** What ages are counted from, UTC milliseconds. */
  readonly now: number;
}

export type ExceptionRow = Pick<
  Tables["reconciliationGroups"]["$inferSelect"],
  | "environment"
  | "groupKey"
  | "paymentRequestId"
  | "class"
  | "notes"
  | "state"
  | "reference"
  | "currency"
  | "day"
  | "occurredAt"
  | "captured"
  | "reported"
  | "difference"
  | "rows"
  | "digest"
  | "assigneeId"
> & {
  /** E-mail; `null` when nobody has it, or they were removed. */
  readonly assignee: string | null;
  readonly resolution: "accepted" | "written_off" | null;
  readonly reason: string | null;
  readonly resolvedBy: string | null;
  readonly resolvedAt: number | null;
  /** The digest that was resolved: another than `digest` when the facts changed since. */
  readonly about: string | null;
};

/** One page of the work list, newest first unless asked otherwise. */
export function listExceptions(
  db: Database,
  scope: Scope,
  { filters, ...viewed }: Viewed & { readonly filters: SettledExceptions },
): Promise<ListPage<ExceptionRow>> {
  const { list, settled } = exceptionList(filters, viewed);
  return listPage(db, scope, list, settled);
}

/** The whole filtered list in chunks, for exports: nothing is left out. */
export function exceptionChunks(
  db: Database,
  scope: Scope,
  { filters, size, signal, ...viewed }: Viewed & { filters: SettledExceptions; size: number; signal: AbortSignal },
): AsyncGenerator<readonly ExceptionRow[], void, void> {
  const { list, settled } = exceptionList(filters, viewed);
  return listChunks(db, scope, list, settled, { size, signal });
}

/** The list that these filters ask for, in the terms of the list machinery. */
export function exceptionList(
  filters: SettledExceptions,
  { operatorId, now }: Viewed,
): { list: ListDefinition<ExceptionCode, ExceptionRow>; settled: SettledFilters<ExceptionCode> } {
  const { tab, classes, currencies, notes, assignees, ages, ...rest } = filters;
  const named = assignees.map((one) => (one === "me" ? operatorId : one));
  const isAnybody = named.includes("someone");
  const span = wholeSpan(ages, now);
  const settled: SettledFilters<ExceptionCode> = {
    ...rest,
    from: latest(rest.from, span?.from ?? null),
    to: earliest(rest.to, span?.to ?? null),
    codes: {
      ...(tab === "all" ? {} : { state: [tab] }),
      ...(classes.length > 0 ? { class: classes } : {}),
      ...(currencies.length > 0 ? { currency: currencies } : {}),
      ...(named.length > 0 && !isAnybody ? { assignee: named } : {}),
    },
  };
  const list: ListDefinition<ExceptionCode, ExceptionRow> = {
    source: exceptionSource,
    async narrow(db, { environment, q }) {
      const { reconciliationGroups: table } = db.tables;
      const found = q === null ? null : await narrowToFound(db, { environment, q });
      const conditions = [
        notes.length > 0 ? hasNote(table.notes, notes) : undefined,
        isAnybody ? assignedTo(table.assigneeId, named) : undefined,
        span?.isBroken ? inAges(table.occurredAt, ages, now) : undefined,
      ].filter((condition) => condition !== undefined);
      return [...(found ? [found] : []), ...conditions.map((condition) => ({ condition }))];
    },
  };
  return { list, settled };
}

function exceptionSource(tables: Tables): ListSource<ExceptionCode, ExceptionRow> {
  const { reconciliationGroups: table, reconciliationDecisions: decisions, operators } = tables;
  return {
    name: "exceptions",
    table,
    environment: table.environment,
    businessId: table.businessId,
    at: table.occurredAt,
    id: table.groupKey,
    indexed: { state: table.state, class: table.class, currency: table.currency, assignee: table.assigneeId },
    select: (reader, { where, orderBy, limit }) =>
      reader
        .select({
          environment: table.environment,
          groupKey: table.groupKey,
          paymentRequestId: table.paymentRequestId,
          class: table.class,
          notes: table.notes,
          state: table.state,
          reference: table.reference,
          currency: table.currency,
          day: table.day,
          occurredAt: table.occurredAt,
          captured: table.captured,
          reported: table.reported,
          difference: table.difference,
          rows: table.rows,
          digest: table.digest,
          assigneeId: table.assigneeId,
          assignee: operators.email,
          resolution: decisions.resolution,
          reason: decisions.reason,
          resolvedBy: decisions.resolvedBy,
          resolvedAt: decisions.resolvedAt,
          about: decisions.about,
        })
        .from(table)
        .leftJoin(decisions, and(eq(decisions.environment, table.environment), eq(decisions.groupKey, table.groupKey)))
        .leftJoin(operators, eq(operators.operatorId, table.assigneeId))
        .where(where)
        .orderBy(...orderBy)
        .limit(limit),
    position: (row) => ({ at: row.occurredAt, id: row.groupKey }),
  };
}

/** Notes are known words in a JSON list: each stands there in quotes or not at all. */
function hasNote(column: Tables["reconciliationGroups"]["notes"], notes: readonly string[]): SQL | undefined {
  return or(...notes.map((note) => sql`${column} like ${`%"${note}"%`}`));
}

/** `coalesce` keeps the planner from walking this column's index instead of the chosen one. */
function assignedTo(column: Tables["reconciliationGroups"]["assigneeId"], named: readonly string[]): SQL | undefined {
  const isNamed = isNotNull(sql`nullif(coalesce(${column}, ''), '')`);
  return named.includes("none") ? undefined : isNamed;
}

/** One stretch of time that holds all of the ages; `isBroken` when it holds others too. */
function wholeSpan(ages: readonly Age[], now: number) {
  const chosen = AGES.filter((age) => ages.includes(age));
  const [newest] = chosen;
  const oldest = chosen.at(-1);
  if (!newest || !oldest) return null;
  const { from: youngest } = ageSpan[newest];
  const { until } = ageSpan[oldest];
  return {
    from: until === null ? null : now - until + 1,
    // What lies ahead is new: the newest bucket has no end.
    to: youngest === 0 ? null : now - youngest + 1,
    isBroken: AGES.indexOf(oldest) - AGES.indexOf(newest) + 1 !== chosen.length,
  };
}

function inAges(column: Tables["reconciliationGroups"]["occurredAt"], ages: readonly Age[], now: number) {
  return or(
    ...ages.map((age) => {
      const { from, until } = ageSpan[age];
      return and(
        from === 0 ? undefined : sql`${column} + 0 <= ${now - from}`,
        until === null ? undefined : sql`${column} + 0 > ${now - until}`,
      );
    }),
  );
}

function latest(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.max(a, b);
}

function earliest(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.min(a, b);
}
