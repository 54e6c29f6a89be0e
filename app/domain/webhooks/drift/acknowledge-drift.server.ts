import { and, eq, inArray, isNull } from "drizzle-orm";
import type { Database } from "../../../db.server.ts";
import type { Scope } from "../../../lib/scope.ts";
import { auditStatement } from "../../operators/audit.server.ts";
import { inBusiness } from "../../overview/in-business.server.ts";

export interface AcknowledgeDrift {
  readonly noticeId: string;
  readonly operator: { readonly operatorId: string; readonly email: string; readonly scope: Scope };
  readonly now: Date;
}

/** Somebody has looked at it. `absent`: none, not theirs, or already acknowledged by somebody else. */
export async function acknowledgeDrift(
  db: Database,
  { noticeId, operator, now }: AcknowledgeDrift,
): Promise<"acknowledged" | "absent"> {
  const { driftNotices, events } = db.tables;
  const [notice] = await db.read
    .select({ environment: driftNotices.environment, eventType: driftNotices.eventType, path: driftNotices.path })
    .from(driftNotices)
    .leftJoin(events, eq(events.eventId, driftNotices.eventId))
    .where(
      and(
        eq(driftNotices.noticeId, noticeId),
        inArray(driftNotices.environment, [...operator.scope.environments]),
        inBusiness(events.businessId, operator.scope),
      ),
    )
    .limit(1);
  if (!notice) return "absent";
  const { environment, ...detail } = notice;
  const query = db.read
    .update(driftNotices)
    .set({ acknowledgedAt: now.getTime(), acknowledgedBy: operator.email })
    .where(and(eq(driftNotices.noticeId, noticeId), isNull(driftNotices.acknowledgedAt)));
  const entry = { operator, action: "drift:acknowledge", environment, subject: noticeId, detail, now };
  const written = await db.write([{ query, rows: 1 }, auditStatement(db, entry)]);
  return written.ok ? "acknowledged" : "absent";
}
