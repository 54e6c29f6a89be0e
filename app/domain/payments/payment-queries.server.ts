import { inArray } from "drizzle-orm";
import type { Database, Tables } from "~/db.server.ts";
import { findTargets, selectTargets } from "../lists/identifier-targets.server.ts";
import type { Narrowing, SettledFilters } from "../lists/list-request.server.ts";
import type { ListDefinition, ListSource } from "../lists/list-source.server.ts";
import { narrowByAmount } from "./narrow-by-amount.server.ts";
import type { PaymentCode } from "./payment-filters.ts";

export type PaymentListFilters = SettledFilters<PaymentCode>;
export type PaymentListRow = Pick<
  Tables["paymentRequests"]["$inferSelect"],
  keyof ReturnType<typeof paymentListColumns>
>;

/** Payment requests, newest first; codes are those of the decisive payment. */
export const paymentList: ListDefinition<PaymentCode, PaymentListRow> = {
  source: paymentSource,
  narrow: async (db, filters) => {
    const narrowings = await Promise.all([narrowBySearch(db, filters), narrowByAmount(db, filters)]);
    return narrowings.filter((one) => one !== null);
  },
};

async function narrowBySearch(db: Database, { environment, q }: PaymentListFilters): Promise<Narrowing | null> {
  if (q === null) return null;
  const targets = await findTargets(db, environment, q);
  if (targets !== null) return { ids: targets };
  const { paymentRequestId } = db.tables.paymentRequests;
  return { condition: inArray(paymentRequestId, selectTargets(db, environment, q)) };
}

function paymentSource(tables: Tables): ListSource<PaymentCode, PaymentListRow> {
  const table = tables.paymentRequests;
  return {
    name: "payments",
    table,
    environment: table.environment,
    businessId: table.businessId,
    at: table.sortAt,
    id: table.paymentRequestId,
    indexed: {
      status: table.status,
      eci: table.eci,
      cvn: table.cvn,
      avs: table.avs,
      response: table.response,
      failure: table.failureCode,
      network: table.network,
      flow: table.threeDsFlow,
      currency: table.currency,
      anomaly: table.anomaly,
      missing: table.missing,
    },
    select: (reader, { where, orderBy, limit }) =>
      reader
        .select(paymentListColumns(tables))
        .from(table)
        .where(where)
        .orderBy(...orderBy)
        .limit(limit),
    position: (row) => ({ at: row.sortAt, id: row.paymentRequestId }),
  };
}

function paymentListColumns({ paymentRequests: table }: Tables) {
  return {
    paymentRequestId: table.paymentRequestId,
    paymentId: table.paymentId,
    referenceId: table.referenceId,
    environment: table.environment,
    status: table.status,
    currency: table.currency,
    amountRaw: table.amountRaw,
    amountMinor: table.amountMinor,
    capturedMinor: table.capturedMinor,
    capturedItemised: table.capturedItemised,
    refundedMinor: table.refundedMinor,
    paymentSessionId: table.paymentSessionId,
    network: table.network,
    networkFrom: table.networkFrom,
    threeDsFlow: table.threeDsFlow,
    eci: table.eci,
    cvn: table.cvn,
    avs: table.avs,
    response: table.response,
    failureCode: table.failureCode,
    createdAt: table.createdAt,
    capturedAt: table.capturedAt,
    sortAt: table.sortAt,
    flags: table.flags,
    anomaly: table.anomaly,
    missing: table.missing,
  };
}
