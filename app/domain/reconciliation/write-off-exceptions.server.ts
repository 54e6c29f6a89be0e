import type { Database } from "~/db.server.ts";
import { formatMoney } from "~/lib/money.ts";
import { ok } from "~/lib/result.ts";
import { auditStatement } from "../operators/audit.server.ts";
import { type Accepted, isOpen } from "./accept-exceptions.server.ts";
import { commentStatement, type Deciding, decideEach, resolveStatement, stillOpen } from "./decide-each.server.ts";
import type { Answers } from "./exception.ts";
import { readRules } from "./read-rules.server.ts";
import { writeOffOf } from "./write-off.ts";

/** Gives up the difference of these, each within its currency's limit. `scope` is narrowed to `reconciliation:write-off`. */
export async function writeOffExceptions(
  db: Database,
  order: Deciding & { readonly writtenOff: readonly Accepted[] },
): Promise<Answers> {
  const { environment, operator, now } = order;
  const rules = await readRules(db, environment);
  return decideEach(db, order, {
    chosen: order.writtenOff,
    plan({ group }, { digest, reason }) {
      const open = isOpen(group, digest);
      if (!open.ok) return open;
      const allowed = writeOffOf(group, rules);
      if (!allowed.ok) return allowed;
      const { amount, currency } = allowed.value;
      const money = formatMoney({ minor: amount, currency });
      return ok({
        refusals: ["changed", "not_open"],
        statements: [
          stillOpen(db, group, digest),
          resolveStatement(db, group, {
            resolution: "written_off",
            reason,
            amount,
            operatorId: operator.operatorId,
            resolvedBy: operator.email,
            resolvedAt: now.getTime(),
          }),
          commentStatement(db, group, { text: `Wrote off ${money}: ${reason}`, operator, now }),
          auditStatement(db, {
            operator,
            action: "reconciliation:write-off",
            environment,
            subject: group.groupKey,
            reason,
            detail: { amount: money, class: group.class, digest },
            now,
          }),
        ],
      });
    },
  });
}
