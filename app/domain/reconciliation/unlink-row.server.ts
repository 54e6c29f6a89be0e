import { and, eq } from "drizzle-orm";
import type { Database } from "~/db.server.ts";
import { ok, type Result, refused } from "~/lib/result.ts";
import { auditStatement } from "../operators/audit.server.ts";
import { commentStatement, type Deciding } from "./decide-each.server.ts";
import type { ExceptionRefusal } from "./exception.ts";
import { findRow, groupOfRow, type OfRow, stillIn } from "./link-row.server.ts";
import { rematch } from "./rematch.server.ts";

/** Takes a person's link back: the row goes where its own ids lead. Answers with the group it is in then. */
export async function unlinkRow(
  db: Database,
  { groupKey, transactionId, ...order }: Deciding & OfRow,
): Promise<Result<{ groupKey: string }, ExceptionRefusal>> {
  const { environment, operator, now } = order;
  const of = { groupKey, transactionId };
  if (!(await findRow(db, order, of))) return refused("row_absent");
  const { reconciliationLinks: table } = db.tables;
  const isThis = and(eq(table.environment, environment), eq(table.transactionId, transactionId));
  const [link] = await db.read.select().from(table).where(isThis);
  if (!link) return refused("not_linked");
  const written = await db.write([
    stillIn(db, environment, of),
    { query: db.read.delete(table).where(and(isThis, eq(table.at, link.at))), rows: 1 },
    commentStatement(
      db,
      { environment, groupKey },
      { text: `Took back the link of ${transactionId} by ${link.linkedBy}`, operator, now },
    ),
    auditStatement(db, {
      operator,
      action: "reconciliation:resolve",
      environment,
      subject: transactionId,
      detail: { unlinkedFrom: link.paymentRequestId, linkedBy: link.linkedBy, reason: link.reason },
      now,
    }),
  ]);
  if (!written.ok) return refused(written.at === 0 ? "row_moved" : "not_linked");
  await rematch(db, { environment, now, groupKeys: [groupKey] });
  return ok({ groupKey: (await groupOfRow(db, environment, transactionId)) ?? groupKey });
}
