import { and, eq } from "drizzle-orm";
import type { Database } from "~/db.server.ts";
import type { Environment } from "~/lib/environment.ts";
import { decidingSentence } from "./deciding-sentence.ts";

export type PaymentGroup = NonNullable<Awaited<ReturnType<typeof findPaymentGroup>>>;

/** What reconciliation says of a payment, in a word and a sentence; `null` before it was in a match. The caller has asked for the scope. */
export async function findPaymentGroup(
  db: Database,
  { environment, paymentRequestId }: { environment: Environment; paymentRequestId: string },
) {
  const { reconciliationGroups: table } = db.tables;
  const [group] = await db.read
    .select()
    .from(table)
    .where(and(eq(table.environment, environment), eq(table.groupKey, paymentRequestId)));
  if (!group) return null;
  const { groupKey, class: one, state, difference, currency } = group;
  return { environment, groupKey, class: one, state, difference, currency, sentence: decidingSentence(group) };
}
