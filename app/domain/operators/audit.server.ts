import type { Database, Statement } from "../../db.server.ts";
import type { Environment } from "../../lib/environment.ts";
import { newId } from "../../lib/ids.ts";

export interface AuditEntry {
  /** `null`: the system itself, or somebody who is not signed in. */
  readonly operator: { readonly operatorId: string; readonly email: string } | null;
  /** `operators:add`: what was done, in the words of the permissions table where one fits. */
  readonly action: string;
  readonly environment?: Environment | null;
  /** The id of what it was done to. */
  readonly subject?: string | null;
  readonly reason?: string | null;
  /** Never a secret, never card data. */
  readonly detail?: Readonly<Record<string, unknown>>;
  readonly now: Date;
}

/** Goes into the same `db.write` list as the change it tells of: neither is kept without the other. */
export function auditStatement(db: Database, entry: AuditEntry): Statement {
  const query = db.read.insert(db.tables.auditEntries).values({
    auditId: newId("audit"),
    at: entry.now.getTime(),
    operatorId: entry.operator?.operatorId ?? null,
    actor: entry.operator?.email ?? "system",
    action: entry.action,
    environment: entry.environment ?? null,
    subject: entry.subject ?? null,
    reason: entry.reason ?? null,
    detail: { ...entry.detail },
  });
  return { query, rows: 1 };
}
