import { and, desc, inArray, isNull, or, sql } from "drizzle-orm";
import type { Database } from "../../db.server.ts";
import { decodeCursor, encodeCursor } from "../../lib/cursor.ts";
import type { Scope } from "../../lib/scope.ts";

export const AUDIT_PAGE_SIZE = 50;
export type AuditRow = Awaited<ReturnType<typeof listAudit>>["rows"][number];

/** Who did what, newest first. Entries of an environment outside the scope are left out; those of none are everybody's. */
export async function listAudit(db: Database, scope: Scope, { cursor: text }: { cursor: string | null }) {
  const { auditEntries } = db.tables;
  // A broken cursor means page one.
  const cursor = text === null ? null : decodeCursor(text);
  const rows = await db.read
    .select({
      auditId: auditEntries.auditId,
      at: auditEntries.at,
      actor: auditEntries.actor,
      action: auditEntries.action,
      environment: auditEntries.environment,
      subject: auditEntries.subject,
      reason: auditEntries.reason,
      detail: auditEntries.detail,
    })
    .from(auditEntries)
    .where(
      and(
        or(isNull(auditEntries.environment), inArray(auditEntries.environment, [...scope.environments])),
        cursor ? sql`(${auditEntries.at}, ${auditEntries.auditId}) < (${cursor.at}, ${cursor.id})` : undefined,
      ),
    )
    .orderBy(desc(auditEntries.at), desc(auditEntries.auditId))
    .limit(AUDIT_PAGE_SIZE + 1);
  const shown = rows.slice(0, AUDIT_PAGE_SIZE);
  const last = shown.at(-1);
  const hasMore = rows.length > AUDIT_PAGE_SIZE && last !== undefined;
  return { rows: shown, next: hasMore ? encodeCursor({ direction: "next", at: last.at, id: last.auditId }) : null };
}
