import { and, eq, inArray, isNotNull, isNull, type SQL } from "drizzle-orm";
import type { Database } from "~/db.server.ts";
import { ok, type Result, refused } from "~/lib/result.ts";
import type { Scope } from "~/lib/scope.ts";
import { auditStatement } from "../operators/audit.server.ts";
import { inBusiness } from "../overview/in-business.server.ts";
import type { QuarantineRefusal } from "./quarantine.ts";

export interface ChangeAside {
  readonly eventIds: readonly string[];
  /** `scope` is already narrowed to `quarantine:set-aside`. */
  readonly operator: { readonly operatorId: string; readonly email: string; readonly scope: Scope };
  readonly now: Date;
}

/** Open events need no more work: who says so, when and why is kept. All of them or none. */
export function setAside(
  db: Database,
  { reason, ...order }: ChangeAside & { readonly reason: string },
): Promise<Result<{ count: number }, QuarantineRefusal>> {
  const { events } = db.tables;
  return change(db, order, {
    from: and(eq(events.state, "quarantined"), isNull(events.setAsideAt), isNull(events.expungedAt)),
    to: { setAsideAt: order.now.getTime(), setAsideBy: order.operator.operatorId, setAsideReason: reason },
    action: "quarantine:set-aside",
    reason,
    refusal: "not_open",
  });
}

/** Back to the open ones. What was said when they were set aside stays in the audit log. */
export function takeBack(db: Database, order: ChangeAside): Promise<Result<{ count: number }, QuarantineRefusal>> {
  const { events } = db.tables;
  return change(db, order, {
    from: and(isNotNull(events.setAsideAt), isNull(events.expungedAt)),
    to: { setAsideAt: null, setAsideBy: null, setAsideReason: null },
    action: "quarantine:take-back",
    reason: null,
    refusal: "not_set_aside",
  });
}

interface Move {
  readonly from: SQL | undefined;
  readonly to: {
    readonly setAsideAt: number | null;
    readonly setAsideBy: string | null;
    readonly setAsideReason: string | null;
  };
  readonly action: string;
  readonly reason: string | null;
  readonly refusal: QuarantineRefusal;
}

async function change(
  db: Database,
  { eventIds, operator, now }: ChangeAside,
  { from, to, action, reason, refusal }: Move,
): Promise<Result<{ count: number }, QuarantineRefusal>> {
  const { events } = db.tables;
  const ids = [...new Set(eventIds)];
  const theirs = and(
    inArray(events.eventId, ids),
    inArray(events.environment, [...operator.scope.environments]),
    inBusiness(events.businessId, operator.scope),
  );
  const found = await db.read
    .select({ eventId: events.eventId, environment: events.environment })
    .from(events)
    .where(theirs);
  if (found.length !== ids.length) return refused("absent");
  const written = await db.write([
    { query: db.read.update(events).set(to).where(and(theirs, from)), rows: ids.length },
    ...found.map(({ eventId, environment }) =>
      auditStatement(db, { operator, action, environment, subject: eventId, reason, now }),
    ),
  ]);
  return written.ok ? ok({ count: ids.length }) : refused(refusal);
}
