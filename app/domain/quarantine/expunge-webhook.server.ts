import type { Database } from "~/db.server.ts";
import { ok, type Result, refused } from "~/lib/result.ts";
import type { Scope } from "~/lib/scope.ts";
import { auditStatement } from "../operators/audit.server.ts";
import { findExpungeable } from "./find-expungeable.server.ts";

export interface ExpungeWebhook {
  readonly eventId: string;
  readonly reason: string;
  /** `scope` is already narrowed to `webhooks:expunge`. */
  readonly operator: { readonly operatorId: string; readonly email: string; readonly scope: Scope };
  readonly now: Date;
}

export type ExpungeRefusal = "absent" | "already";

export const expungeRefusals: Record<ExpungeRefusal, string> = {
  absent: "This webhook is not here, or not yours to change.",
  already: "Its body was expunged before.",
};

/** Takes a body out of the store for good; its audit entry, with the digest of what it was, is kept with it or neither. */
export async function expungeWebhook(
  db: Database,
  { eventId, reason, operator, now }: ExpungeWebhook,
): Promise<Result<{ count: number; isWiped: boolean }, ExpungeRefusal>> {
  const event = await findExpungeable(db, operator.scope, eventId);
  if (!event) return refused("absent");
  if (event.isExpunged) return refused("already");
  const { environment, digest, size, twins } = event;
  const detail = { digest, size, with: twins.map((twin) => twin.eventId) };
  const audit = auditStatement(db, {
    ...{ operator, environment, reason, detail, now },
    action: "webhooks:expunge",
    subject: eventId,
  });
  const order = { eventId, by: operator.operatorId, reason, at: now.getTime(), also: [audit] };
  const expunged = await db.expunge(order);
  switch (expunged.outcome) {
    case "expunged":
      return ok({ count: expunged.eventIds.length, isWiped: expunged.isWiped });
    case "misfit":
      throw new Error("The expunge could not be written to the audit log");
    default:
      return refused(expunged.outcome);
  }
}
