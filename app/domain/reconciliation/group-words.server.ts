import { and, asc, eq } from "drizzle-orm";
import type { Database, Tables } from "~/db.server.ts";
import { redactPersonal } from "~/lib/pii.ts";
import { MOST_COMMENTS } from "./exception.ts";

type Group = Pick<Tables["reconciliationGroups"]["$inferSelect"], "environment" | "groupKey" | "digest">;

export interface Comment {
  readonly commentId: string;
  readonly author: string;
  readonly at: number;
  /** Plain text; e-mail addresses in it are masked. */
  readonly text: string;
}

/** What people decided about a group, and what they said. */
export async function readWords(db: Database, group: Group) {
  const { reconciliationDecisions: table, operators } = db.tables;
  const [decided, comments] = await Promise.all([
    db.read
      .select({ decision: table, assignee: operators.email })
      .from(table)
      .leftJoin(operators, eq(operators.operatorId, table.assigneeId))
      .where(and(eq(table.environment, group.environment), eq(table.groupKey, group.groupKey))),
    listComments(db, group),
  ]);
  const { decision = null, assignee = null } = decided[0] ?? {};
  return {
    assignee: decision?.assigneeId ? { operatorId: decision.assigneeId, email: assignee } : null,
    resolution: decision?.resolution
      ? {
          resolution: decision.resolution,
          reason: decision.reason ?? "",
          amount: decision.amount,
          by: decision.resolvedBy ?? "somebody",
          at: decision.resolvedAt,
          /** Of facts that have changed since: the exception is open again. */
          isOutdated: decision.about !== group.digest,
        }
      : null,
    comments,
  };
}

/** Oldest first. */
async function listComments(db: Database, { environment, groupKey }: Group): Promise<readonly Comment[]> {
  const { reconciliationComments: table } = db.tables;
  const rows = await db.read
    .select({ commentId: table.commentId, author: table.author, at: table.at, text: table.text })
    .from(table)
    .where(and(eq(table.environment, environment), eq(table.groupKey, groupKey)))
    .orderBy(asc(table.at), asc(table.commentId))
    // Decisions add their own words beyond what people may write.
    .limit(2 * MOST_COMMENTS);
  return rows.map((comment) => ({ ...comment, text: redactPersonal(comment.text).text }));
}
