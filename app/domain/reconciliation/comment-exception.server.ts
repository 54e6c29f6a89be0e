import { and, count, eq, inArray } from "drizzle-orm";
import type { Database } from "~/db.server.ts";
import type { Environment } from "~/lib/environment.ts";
import { ok, type Result, refused } from "~/lib/result.ts";
import { cardDataInNote } from "../notes/card-data-in-note.ts";
import { auditStatement } from "../operators/audit.server.ts";
import { inBusiness } from "../overview/in-business.server.ts";
import { commentStatement, type Deciding } from "./decide-each.server.ts";
import { type ExceptionRefusal, MOST_COMMENTS } from "./exception.ts";

interface Comment extends Deciding {
  readonly groupKey: string;
  /** Made with the form: sent twice, it is one comment. */
  readonly commentId: string;
  /** Trimmed. */
  readonly text: string;
}

/** Adds words for colleagues to an exception. They stay; card data is never kept. */
export async function commentException(
  db: Database,
  { groupKey, commentId, text, ...order }: Comment,
): Promise<Result<{ commentId: string }, ExceptionRefusal>> {
  const { environment, operator, now } = order;
  const of = { environment, groupKey };
  if (!(await isTheirs(db, order, groupKey))) return refused("absent");
  if ((await countComments(db, of)) >= MOST_COMMENTS) return refused("too_many_comments");
  const found = cardDataInNote(text);
  if (found && !(await areIdsOfRows(db, of, found.numbers))) return refused(found.refusal);
  const written = await db.write([
    commentStatement(db, of, { text, operator, now, commentId }),
    auditStatement(db, {
      operator,
      action: "notes:write",
      environment,
      subject: groupKey,
      detail: { comment: commentId },
      now,
    }),
  ]);
  // It was there already: the same form, sent again.
  return written.ok || (await hasComment(db, { ...of, commentId })) ? ok({ commentId }) : refused("absent");
}

interface Of {
  readonly environment: Environment;
  readonly groupKey: string;
}

async function isTheirs(db: Database, { environment, operator: { scope } }: Deciding, groupKey: string) {
  if (!scope.environments.includes(environment)) return false;
  const { reconciliationGroups: table } = db.tables;
  const rows = await db.read
    .select({ groupKey: table.groupKey })
    .from(table)
    .where(and(eq(table.environment, environment), eq(table.groupKey, groupKey), inBusiness(table.businessId, scope)));
  return rows.length > 0;
}

async function countComments(db: Database, { environment, groupKey }: Of): Promise<number> {
  const { reconciliationComments: table } = db.tables;
  const [row] = await db.read
    .select({ count: count() })
    .from(table)
    .where(and(eq(table.environment, environment), eq(table.groupKey, groupKey)));
  return Number(row?.count ?? 0);
}

/** One long number in ten passes the check of card numbers; an invoice or account number that the rows themselves hold is none. */
async function areIdsOfRows(db: Database, { environment, groupKey }: Of, numbers: readonly string[]) {
  if (numbers.length === 0) return false;
  const { reportRows: table } = db.tables;
  const rows = await db.read
    .selectDistinct({ reference: table.reference })
    .from(table)
    .where(
      and(eq(table.environment, environment), eq(table.groupKey, groupKey), inArray(table.reference, [...numbers])),
    );
  const known = new Set(rows.map(({ reference }) => reference));
  return numbers.every((number) => known.has(number));
}

async function hasComment(db: Database, { environment, groupKey, commentId }: Of & { commentId: string }) {
  const { reconciliationComments: table } = db.tables;
  const [row] = await db.read.select().from(table).where(eq(table.commentId, commentId)).limit(1);
  return row?.environment === environment && row.groupKey === groupKey;
}
