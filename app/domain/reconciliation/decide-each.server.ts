import { and, eq, inArray, or, sql } from "drizzle-orm";
import type { Database, Statement, Tables } from "~/db.server.ts";
import type { Environment } from "~/lib/environment.ts";
import { newId } from "~/lib/ids.ts";
import type { Result } from "~/lib/result.ts";
import type { Scope } from "~/lib/scope.ts";
import { inBusiness } from "../overview/in-business.server.ts";
import type { Answers, ExceptionRefusal } from "./exception.ts";
import { rematch } from "./rematch.server.ts";

/** Who decides where and when. `scope` is already narrowed to the permission it takes. */
export interface Deciding {
  readonly environment: Environment;
  readonly operator: { readonly operatorId: string; readonly email: string; readonly scope: Scope };
  readonly now: Date;
}

export type Group = Tables["reconciliationGroups"]["$inferSelect"];
export type Decision = Tables["reconciliationDecisions"]["$inferSelect"];

/** What somebody chose on a page, with the digest of the facts that stood there. */
export interface Chosen {
  readonly groupKey: string;
  readonly digest: string;
}

interface Found {
  readonly group: Group;
  /** `null` when nobody decided anything yet. */
  readonly decision: Decision | null;
}

/** The statements of one decision, the guarded ones first, and for each of those what it means when it does not fit. */
export interface Planned {
  readonly statements: readonly Statement[];
  readonly refusals: readonly ExceptionRefusal[];
}

/**
 * Decides about each on its own: one that is refused, with its reason, takes back none of the others, and none is left out
 * of the answer. All that were decided are matched again before it returns.
 */
export async function decideEach<One extends { readonly groupKey: string }>(
  db: Database,
  order: Deciding,
  { chosen, plan }: { chosen: readonly One[]; plan: (found: Found, one: One) => Result<Planned, ExceptionRefusal> },
): Promise<Answers> {
  const once = [...new Map(chosen.map((one) => [one.groupKey, one])).values()];
  const found = await findEach(db, order, once);
  const answers = await Promise.all(
    once.map(async (one): Promise<Answers["refused"][number] | null> => {
      const { groupKey } = one;
      const own = found.get(groupKey);
      if (!own) return { groupKey, refusal: "absent" };
      const planned = plan(own, one);
      if (!planned.ok) return { groupKey, refusal: planned.refusal, detail: planned.detail };
      const written = await db.write(planned.value.statements);
      if (written.ok) return null;
      const refusal = planned.value.refusals[written.at];
      if (!refusal) throw new Error(`A decision about ${groupKey} could not be written`);
      return { groupKey, refusal };
    }),
  );
  const refused = answers.filter((one) => one !== null);
  const isRefused = new Set(refused.map(({ groupKey }) => groupKey));
  const done = once.map(({ groupKey }) => groupKey).filter((groupKey) => !isRefused.has(groupKey));
  await rematch(db, { ...order, groupKeys: done });
  return { done, refused };
}

/** Holds in the list of a decision: the facts are still those that were shown, and it is still open. */
export function stillOpen(db: Database, { environment, groupKey }: Group, digest: string): Statement {
  const { reconciliationGroups: table } = db.tables;
  const query = db.read
    .select({ groupKey: table.groupKey })
    .from(table)
    .where(
      and(
        eq(table.environment, environment),
        eq(table.groupKey, groupKey),
        eq(table.digest, digest),
        eq(table.state, "open"),
      ),
    );
  return { query, rows: 1 };
}

/** Writes a resolution, unless one about these very facts stands already. */
export function resolveStatement(
  db: Database,
  { environment, groupKey, digest }: Group,
  resolved: Pick<Decision, "resolution" | "reason" | "amount" | "operatorId" | "resolvedBy" | "resolvedAt">,
): Statement {
  const { reconciliationDecisions: table } = db.tables;
  const values = { ...resolved, about: digest };
  const query = db.read
    .insert(table)
    .values({ environment, groupKey, ...values })
    .onConflictDoUpdate({
      target: [table.environment, table.groupKey],
      set: values,
      setWhere: or(sql`${table.resolution} is null`, sql`${table.about} is null`, sql`${table.about} <> ${digest}`),
    });
  return { query, rows: 1 };
}

/** What was decided stands among the comments too: a decision that another takes the place of is not lost from the page. */
export function commentStatement(
  db: Database,
  { environment, groupKey }: Pick<Group, "environment" | "groupKey">,
  {
    text,
    operator,
    now,
    commentId = newId("comment"),
  }: Pick<Deciding, "operator" | "now"> & {
    readonly text: string;
    readonly commentId?: string;
  },
): Statement {
  const { operatorId, email: author } = operator;
  const row = { commentId, environment, groupKey, text, operatorId, author, at: now.getTime() };
  const query = db.read.insert(db.tables.reconciliationComments).values(row).onConflictDoNothing();
  return { query, rows: 1 };
}

async function findEach(
  db: Database,
  { environment, operator: { scope } }: Deciding,
  chosen: readonly { readonly groupKey: string }[],
): Promise<ReadonlyMap<string, Found>> {
  if (!scope.environments.includes(environment) || chosen.length === 0) return new Map();
  const { reconciliationGroups: groups, reconciliationDecisions: decisions } = db.tables;
  const rows = await db.read
    .select({ group: groups, decision: decisions })
    .from(groups)
    .leftJoin(decisions, and(eq(decisions.environment, groups.environment), eq(decisions.groupKey, groups.groupKey)))
    .where(
      and(
        eq(groups.environment, environment),
        inArray(
          groups.groupKey,
          chosen.map(({ groupKey }) => groupKey),
        ),
        inBusiness(groups.businessId, scope),
      ),
    );
  return new Map(rows.map((row) => [row.group.groupKey, row]));
}
