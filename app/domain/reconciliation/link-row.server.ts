import { and, eq } from "drizzle-orm";
import type { Database, Tables } from "~/db.server.ts";
import type { Environment } from "~/lib/environment.ts";
import { ok, type Result, refused } from "~/lib/result.ts";
import type { Scope } from "~/lib/scope.ts";
import { auditStatement } from "../operators/audit.server.ts";
import { inBusiness } from "../overview/in-business.server.ts";
import { matchExact } from "../search/match-identifiers.server.ts";
import { readLookup } from "../search/read-lookup.ts";
import { commentStatement, type Deciding } from "./decide-each.server.ts";
import type { ExceptionRefusal } from "./exception.ts";
import { rematch } from "./rematch.server.ts";

export interface LinkRow extends Deciding {
  /** The group whose page was looked at: the row stands in it, or it has moved. */
  readonly groupKey: string;
  readonly transactionId: string;
  /** Any id of a payment, pasted in any form; `null` links the row to none. */
  readonly to: string | null;
  readonly reason: string;
}

/** A person's word on which payment a row belongs to. Comes before all its ids. Answers with the group it is in now. */
export async function linkRow(
  db: Database,
  { groupKey, transactionId, to, reason, ...order }: LinkRow,
): Promise<Result<{ groupKey: string }, ExceptionRefusal>> {
  const { environment, operator, now } = order;
  const row = await findRow(db, order, { groupKey, transactionId });
  if (!row) return refused("row_absent");
  const target = to === null ? ok(null) : await findPaymentOf(db, operator.scope, { environment, pasted: to });
  if (!target.ok) return target;
  const paymentRequestId = target.value;
  if (paymentRequestId === groupKey && row.paymentRequestId === groupKey) return refused("linked_already");

  const { reconciliationLinks: table } = db.tables;
  const link = {
    paymentRequestId,
    reason,
    operatorId: operator.operatorId,
    linkedBy: operator.email,
    at: now.getTime(),
  };
  const said = paymentRequestId === null ? "to no payment" : `to ${paymentRequestId}`;
  const written = await db.write([
    stillIn(db, environment, { groupKey, transactionId }),
    {
      query: db.read
        .insert(table)
        .values({ environment, transactionId, ...link })
        .onConflictDoUpdate({ target: [table.environment, table.transactionId], set: link }),
      rows: 1,
    },
    commentStatement(
      db,
      { environment, groupKey },
      { text: `Linked ${transactionId} ${said}: ${reason}`, operator, now },
    ),
    auditStatement(db, {
      operator,
      action: "reconciliation:resolve",
      environment,
      subject: transactionId,
      reason,
      detail: { linkedTo: paymentRequestId, from: groupKey },
      now,
    }),
  ]);
  if (!written.ok) return refused("row_moved");
  await rematch(db, {
    environment,
    now,
    groupKeys: paymentRequestId === null ? [groupKey] : [groupKey, paymentRequestId],
  });
  return ok({ groupKey: (await groupOfRow(db, environment, transactionId)) ?? groupKey });
}

export interface OfRow {
  readonly groupKey: string;
  readonly transactionId: string;
}

/** The row as it stands in this group, when the group is within the scope; with the payment its group is of. */
export async function findRow(
  db: Database,
  { environment, operator: { scope } }: Deciding,
  { groupKey, transactionId }: OfRow,
): Promise<Pick<Tables["reconciliationGroups"]["$inferSelect"], "paymentRequestId"> | null> {
  if (!scope.environments.includes(environment)) return null;
  const { reportRows: rows, reconciliationGroups: groups } = db.tables;
  const [row = null] = await db.read
    .select({ paymentRequestId: groups.paymentRequestId })
    .from(rows)
    .innerJoin(groups, and(eq(groups.environment, rows.environment), eq(groups.groupKey, rows.groupKey)))
    .where(
      and(
        eq(rows.environment, environment),
        eq(rows.transactionId, transactionId),
        eq(rows.groupKey, groupKey),
        inBusiness(groups.businessId, scope),
      ),
    );
  return row;
}

/** Holds in the list of a change: the row is still in the group it was shown in. */
export function stillIn(db: Database, environment: Environment, { groupKey, transactionId }: OfRow) {
  const { reportRows: table } = db.tables;
  const query = db.read
    .select({ transactionId: table.transactionId })
    .from(table)
    .where(
      and(eq(table.environment, environment), eq(table.transactionId, transactionId), eq(table.groupKey, groupKey)),
    );
  return { query, rows: 1 };
}

/** Where a row is now: linking it may have ended the group it was in. */
export async function groupOfRow(db: Database, environment: Environment, transactionId: string) {
  const { reportRows: table } = db.tables;
  const [row] = await db.read
    .select({ groupKey: table.groupKey })
    .from(table)
    .where(and(eq(table.environment, environment), eq(table.transactionId, transactionId)));
  return row?.groupKey ?? null;
}

/** The one payment request of this environment that a pasted text names. A reference may be that of many. */
async function findPaymentOf(
  db: Database,
  scope: Scope,
  { environment, pasted }: { environment: Environment; pasted: string },
): Promise<Result<string, ExceptionRefusal>> {
  const lookup = readLookup(pasted, { zone: "UTC", now: 0 });
  const matches = await matchExact(db, { ...scope, environments: [environment] }, lookup.exact);
  const named = [...new Set(matches.map(({ target }) => target))].filter((target) => target.startsWith("pr-"));
  const [only, ...others] = named;
  if (!only) return refused("payment_unknown");
  if (others.length === 0) return ok(only);
  // A webhook's text names its payment besides a customer or a token that has many.
  const own = lookup.ids.find(({ kind, value }) => kind === "payment_request" && named.includes(value));
  return own ? ok(own.value) : refused("payment_ambiguous");
}
