import type { Column, SQL } from "drizzle-orm";
import type { Database } from "~/db.server.ts";
import type { ListFilters } from "~/lib/search-params.ts";
import type { ListRequest, Plan } from "./list-request.server.ts";
import type { ListSource } from "./list-source.server.ts";
import { COUNT_CAP, countRows } from "./list-walk.server.ts";
import { byKeyOnly, type Drive, drivesOf, isOneOf, residualCondition, scopeCondition } from "./list-where.server.ts";

/** How long a page waits for the heavy reader. */
const PAGE_DEADLINE_MS = 8_000;

/**
 * One filter is one walk of its index. Of several, the rarest is walked and the others asked of each row; when even that
 * one is common the walk may be long, so it goes to the heavy reader, which has a deadline and holds up nobody.
 */
export async function planList<Code extends string, Row>(
  db: Database,
  request: ListRequest<Code, Row>,
): Promise<Plan<Code, Row>> {
  const { source, scope, filters, narrowings } = request;
  const base: Plan<Code, Row> = { ...request, drives: [null], residual: [], heavy: null };
  const asked = askedCodes(filters);
  const besides = [
    scopeCondition(source, scope),
    ...narrowings.map((one) =>
      "ids" in one ? isOneOf(source, { environment: filters.environment, ids: one.ids }) : one.condition,
    ),
  ].filter((condition) => condition !== undefined);
  const residualOf = (codes: typeof asked) => [
    ...codes.map(({ param, values }) => residualCondition(expressionOf(source, param), values)),
    ...besides,
  ];
  if (narrowings.some((one) => "ids" in one)) {
    return { ...base, source: byKeyOnly(source), residual: residualOf(asked) };
  }

  const isAlone = asked.length === 1 && besides.length === 0;
  const rarest = await rarestDrive(db, base, asked, isAlone);
  const residual = residualOf(asked.filter(({ param }) => param !== rarest?.param));
  const isLong = residual.length > 0 && (rarest === null || rarest.size > COUNT_CAP);
  return {
    ...base,
    drives: rarest?.drives ?? [null],
    residual,
    heavy: isLong ? { deadlineMs: PAGE_DEADLINE_MS } : null,
  };
}

async function rarestDrive<Code extends string, Row>(
  db: Database,
  base: Plan<Code, Row>,
  asked: readonly Asked<Code>[],
  isAlone: boolean,
) {
  const sized = asked.flatMap(({ param, values }) => {
    const column = base.source.indexed[param];
    if (!column) return [];
    const drives = drivesOf(param, column, values);
    return [countDrives(db, base, drives, isAlone)];
  });
  const [rarest = null] = (await Promise.all(sized)).sort((a, b) => a.size - b.size);
  return rarest;
}

async function countDrives<Code extends string, Row>(
  db: Database,
  base: Plan<Code, Row>,
  drives: readonly Drive[],
  isAlone: boolean,
) {
  const size = isAlone ? 0 : await countRows(db, { ...base, drives }, { ...base.filters, cursor: null });
  return { param: drives[0]?.param, drives, size };
}

interface Asked<Code extends string> {
  readonly param: Code;
  readonly values: readonly string[];
}

function askedCodes<Code extends string>(filters: ListFilters<Code>): Asked<Code>[] {
  return Object.entries<readonly string[] | undefined>(filters.codes).flatMap(([param, values]) =>
    values && values.length > 0 ? [{ param: param as Code, values }] : [],
  );
}

function expressionOf<Code extends string, Row>(source: ListSource<Code, Row>, param: Code): Column | SQL {
  const expression = source.indexed[param] ?? source.derived?.[param];
  if (!expression) throw new Error(`The list ${source.name} has no filter ${param}`);
  return expression;
}
