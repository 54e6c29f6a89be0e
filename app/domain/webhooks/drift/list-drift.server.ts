import { and, count, desc, eq, isNull, not, or, type SQL, sql } from "drizzle-orm";
import type { Database } from "../../../db.server.ts";
import type { Environment } from "../../../lib/environment.ts";
import type { Scope } from "../../../lib/scope.ts";
import { isJsonObject, type Json, parseJsonObject } from "../../../xendit/bodies/json.ts";
import { type Leaf, leafOf } from "../../../xendit/diff-bodies.ts";
import { shownLeaf } from "../../../xendit/shown-leaf.ts";
import { inBusiness } from "../../overview/in-business.server.ts";
import { lastName } from "./field-paths.ts";

/** What is said of one field, with a value to see what is meant. */
export type DriftNotice = Awaited<ReturnType<typeof listDrift>>[number];

/** Notices are rare by their nature; the oldest beyond these say nothing new. */
const MOST = 100;

/**
 * The notices of an environment, open ones first and then the newest. An operator of some businesses sees those that began
 * with an event of theirs.
 */
export async function listDrift(db: Database, scope: Scope, { environment }: { readonly environment: Environment }) {
  if (!scope.environments.includes(environment)) return [];
  const { driftNotices, events, observations, bodies } = db.tables;
  const rows = await db.read
    .select({
      noticeId: driftNotices.noticeId,
      eventType: driftNotices.eventType,
      path: driftNotices.path,
      kind: driftNotices.kind,
      detail: driftNotices.detail,
      at: driftNotices.at,
      acknowledgedAt: driftNotices.acknowledgedAt,
      acknowledgedBy: driftNotices.acknowledgedBy,
      /** `null` when the event is no longer kept. */
      eventId: events.eventId,
      bytes: bodies.bytes,
    })
    .from(driftNotices)
    .leftJoin(events, eq(events.eventId, driftNotices.eventId))
    .leftJoin(observations, eq(observations.observationId, events.observationId))
    .leftJoin(bodies, eq(bodies.bodyId, observations.bodyId))
    .where(and(eq(driftNotices.environment, environment), inBusiness(events.businessId, scope)))
    .orderBy(sql`${driftNotices.acknowledgedAt} IS NOT NULL`, desc(driftNotices.at), desc(driftNotices.noticeId))
    .limit(MOST);
  return rows.map(({ bytes, ...row }) => ({ ...row, example: bytes && exampleAt(bytes, row.path) }));
}

/** Open notices that call for a look, counted up to a hundred. */
export async function countOpenDrift(
  db: Database,
  scope: Scope,
  { environment }: { readonly environment: Environment },
): Promise<number> {
  if (!scope.environments.includes(environment)) return 0;
  const { driftNotices, events } = db.tables;
  const [row] = await db.read
    .select({ open: count() })
    .from(driftNotices)
    .leftJoin(events, eq(events.eventId, driftNotices.eventId))
    .where(
      and(
        eq(driftNotices.environment, environment),
        isNull(driftNotices.acknowledgedAt),
        not(isQuiet(db)),
        inBusiness(events.businessId, scope),
      ),
    );
  return Number(row?.open ?? 0);
}

/** As `driftWeight` has it. */
function isQuiet(db: Database): SQL {
  const { kind, detail } = db.tables.driftNotices;
  const spelling = or(eq(detail, "number > string"), eq(detail, "string > number"));
  return and(eq(kind, "type"), spelling) ?? sql`1 = 0`;
}

/** The first value at a path of a body, personal data replaced; `null` when it has none there. */
export function exampleAt(bytes: Uint8Array, path: string): string | null {
  const body = parseJsonObject(new TextDecoder().decode(bytes));
  const found = body && valueAt(body, path === "" ? [] : path.replaceAll("[]", ".[]").split("."));
  const leaf: Leaf | null = found === undefined ? null : leafOf(found);
  return shownLeaf(lastName(path), leaf);
}

function valueAt(value: Json, steps: readonly string[]): Json | undefined {
  const [step, ...rest] = steps;
  if (step === undefined) return value;
  const members = step === "[]" ? (Array.isArray(value) ? value : []) : isJsonObject(value) ? [value[step]] : [];
  for (const member of members) {
    const found = member === undefined ? undefined : valueAt(member, rest);
    if (found !== undefined) return found;
  }
  return undefined;
}
