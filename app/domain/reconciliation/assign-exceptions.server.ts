import type { Database } from "~/db.server.ts";
import { ok, refused } from "~/lib/result.ts";
import { auditStatement } from "../operators/audit.server.ts";
import { type Deciding, decideEach } from "./decide-each.server.ts";
import type { Answers } from "./exception.ts";
import { listResolvers, maySee } from "./list-resolvers.server.ts";

/** Gives these to a colleague who may resolve and see them, or to nobody (`null`). Resolved ones too: they may open again. */
export async function assignExceptions(
  db: Database,
  order: Deciding & { readonly groupKeys: readonly string[]; readonly assigneeId: string | null },
): Promise<Answers> {
  const { environment, operator, now, assigneeId } = order;
  const { reconciliationDecisions: table } = db.tables;
  const resolvers = await listResolvers(db, environment);
  const assignee = resolvers.find((one) => one.operatorId === assigneeId);
  return decideEach(db, order, {
    chosen: order.groupKeys.map((groupKey) => ({ groupKey })),
    plan({ group, decision }) {
      if (assigneeId !== null && !assignee) return refused("assignee_unknown");
      if (assignee && !maySee(assignee, group)) return refused("assignee_may_not_see");
      const { groupKey } = group;
      const query = db.read
        .insert(table)
        .values({ environment, groupKey, assigneeId })
        .onConflictDoUpdate({ target: [table.environment, table.groupKey], set: { assigneeId } });
      return ok({
        refusals: [],
        statements: [
          { query, rows: 1 },
          auditStatement(db, {
            operator,
            action: "reconciliation:resolve",
            environment,
            subject: groupKey,
            detail: { assigned: assignee?.email ?? null, before: decision?.assigneeId ?? null },
            now,
          }),
        ],
      });
    },
  });
}
