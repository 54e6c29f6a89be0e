import { and, desc, eq, inArray } from "drizzle-orm";
import type { Database } from "~/db.server.ts";
import type { Environment } from "~/lib/environment.ts";
import type { Scope } from "~/lib/scope.ts";
import { inBusiness } from "../overview/in-business.server.ts";

interface Asked {
  readonly paymentRequestId: string;
  readonly environment: Environment | null;
}

/** The key of a payment within the scope, or `null`: absent and not theirs are alike. */
export async function findTheirPayment(db: Database, scope: Scope, { paymentRequestId, environment }: Asked) {
  const environments = scope.environments.filter((one) => environment === null || one === environment);
  if (environments.length === 0) return null;
  const { paymentRequests: table } = db.tables;
  const [payment = null] = await db.read
    .select({ environment: table.environment, paymentRequestId: table.paymentRequestId })
    .from(table)
    .where(
      and(
        inArray(table.environment, environments),
        eq(table.paymentRequestId, paymentRequestId),
        inBusiness(table.businessId, scope),
      ),
    )
    .orderBy(desc(table.sortAt))
    .limit(1);
  return payment;
}
