import type { Database } from "~/db.server.ts";
import { ok, type Result, refused } from "~/lib/result.ts";
import { auditStatement } from "../operators/audit.server.ts";
import {
  type Chosen,
  commentStatement,
  type Deciding,
  decideEach,
  type Group,
  resolveStatement,
  stillOpen,
} from "./decide-each.server.ts";
import type { Answers, ExceptionRefusal } from "./exception.ts";

export interface Accepted extends Chosen {
  /** Trimmed, without card data. */
  readonly reason: string;
}

/** Says that these are as they should be although something differs, and why. About the facts that were shown only. */
export function acceptExceptions(
  db: Database,
  order: Deciding & { readonly accepted: readonly Accepted[] },
): Promise<Answers> {
  const { environment, operator, now } = order;
  return decideEach(db, order, {
    chosen: order.accepted,
    plan({ group }, { digest, reason }) {
      const open = isOpen(group, digest);
      if (!open.ok) return open;
      const { groupKey } = group;
      return ok({
        refusals: ["changed", "not_open"],
        statements: [
          stillOpen(db, group, digest),
          resolveStatement(db, group, {
            resolution: "accepted",
            reason,
            amount: null,
            operatorId: operator.operatorId,
            resolvedBy: operator.email,
            resolvedAt: now.getTime(),
          }),
          commentStatement(db, group, { text: `Accepted: ${reason}`, operator, now }),
          auditStatement(db, {
            operator,
            action: "reconciliation:resolve",
            environment,
            subject: groupKey,
            reason,
            detail: { resolution: "accepted", class: group.class, digest },
            now,
          }),
        ],
      });
    },
  });
}

/** Whether a group is open, and about the facts that were shown. */
export function isOpen(group: Group, digest: string): Result<null, ExceptionRefusal> {
  if (group.state === "resolved") return refused("not_open");
  if (group.digest !== digest) return refused("changed");
  return group.state === "none" ? refused("needs_no_work") : ok(null);
}
