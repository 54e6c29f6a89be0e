import { and, eq, inArray, isNotNull } from "drizzle-orm";
import type { Database } from "~/db.server.ts";
import type { Environment } from "~/lib/environment.ts";
import { paths, withParams } from "~/lib/paths.ts";
import type { Scope } from "~/lib/scope.ts";
import { inBusiness } from "../overview/in-business.server.ts";
import { describeTargets } from "./describe-targets.server.ts";
import type { SearchGroup } from "./search-answer.ts";

const transactionId = /(?<![a-z0-9_-])txn_[a-z0-9-]{3,80}/i;

interface Asked {
  readonly text: string;
  /** Where this operator may read reconciliation. */
  readonly environments: readonly Environment[];
}

/** Xendit's id of a transaction stands in reports only: it leads to the payment its row was matched with, else to the row's group. */
export async function findTransactions(
  db: Database,
  scope: Scope,
  { text, environments }: Asked,
): Promise<readonly SearchGroup[]> {
  const [id] = transactionId.exec(text) ?? [];
  if (id === undefined || environments.length === 0) return [];
  const { reportRows: rows, reconciliationGroups: groups } = db.tables;
  const found = await db.read
    .select({
      environment: groups.environment,
      groupKey: groups.groupKey,
      paymentRequestId: groups.paymentRequestId,
      transactionId: rows.transactionId,
    })
    .from(rows)
    .innerJoin(groups, sameGroup(db))
    .where(
      and(
        inArray(rows.environment, [...environments]),
        inArray(rows.transactionId, [...new Set([id, id.toLowerCase()])]),
        isNotNull(rows.groupKey),
        inBusiness(groups.businessId, scope),
      ),
    );
  const payments = found.flatMap(({ environment, paymentRequestId }) =>
    paymentRequestId === null ? [] : [{ kind: "payment" as const, environment, id: paymentRequestId }],
  );
  const described = await describeTargets(db, scope, payments);
  return found.map((one): SearchGroup => {
    const hits = described.filter(
      ({ id: target, environment }) => target === one.paymentRequestId && environment === one.environment,
    );
    const reason = { label: "Transaction", value: one.transactionId, matched: one.transactionId.length };
    const href = withParams(paths.exception(one.groupKey), { environment: one.environment });
    return {
      id: `transaction-${one.environment}`,
      title: `Transaction ${one.transactionId}`,
      sort: "exact",
      hits: hits.map((hit) => ({ ...hit, reason })),
      more: hits.length > 0 ? null : { text: "Open it in reconciliation", href },
    };
  });
}

function sameGroup({ tables: { reportRows: rows, reconciliationGroups: groups } }: Database) {
  return and(eq(groups.environment, rows.environment), eq(groups.groupKey, rows.groupKey));
}
