import { and, eq, isNotNull } from "drizzle-orm";
import type { Database } from "~/db.server.ts";
import { formatMoney } from "~/lib/money.ts";
import { ok, refused } from "~/lib/result.ts";
import { auditStatement } from "../operators/audit.server.ts";
import type { Accepted } from "./accept-exceptions.server.ts";
import { commentStatement, type Deciding, decideEach } from "./decide-each.server.ts";
import type { Answers } from "./exception.ts";

/** Takes a resolution back. Who resolved it, how and why stays among the comments and in the audit log. */
export function reopenExceptions(
  db: Database,
  order: Deciding & { readonly reopened: readonly Accepted[] },
): Promise<Answers> {
  const { environment, operator, now } = order;
  const { reconciliationDecisions: table } = db.tables;
  return decideEach(db, order, {
    chosen: order.reopened,
    plan({ group, decision }, { digest, reason }) {
      if (group.state !== "resolved" || !decision?.resolution) return refused("not_resolved");
      if (group.digest !== digest) return refused("changed");
      const { groupKey, currency } = group;
      const before =
        decision.resolution === "accepted"
          ? "accepted"
          : `written off (${formatMoney({ minor: decision.amount, currency })})`;
      const query = db.read
        .update(table)
        .set({
          resolution: null,
          reason: null,
          about: null,
          amount: null,
          operatorId: null,
          resolvedBy: null,
          resolvedAt: null,
        })
        .where(
          and(
            eq(table.environment, environment),
            eq(table.groupKey, groupKey),
            eq(table.about, digest),
            isNotNull(table.resolution),
          ),
        );
      return ok({
        refusals: ["not_resolved"],
        statements: [
          { query, rows: 1 },
          commentStatement(db, group, { text: `Reopened, was ${before}: ${reason}`, operator, now }),
          auditStatement(db, {
            operator,
            action: "reconciliation:resolve",
            environment,
            subject: groupKey,
            reason,
            detail: { reopened: decision.resolution, reason: decision.reason, by: decision.resolvedBy },
            now,
          }),
        ],
      });
    },
  });
}
