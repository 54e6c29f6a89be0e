import type { Environment } from "../../../app/lib/environment.ts";
import type { LinkedBy } from "../../../app/xendit/reconcile/classes.ts";
import type {
  CaptureFacts,
  DisputeFacts,
  GroupFacts,
  LinkedRow,
  PaymentFacts,
  RefundFacts,
  RequestFacts,
  RowFacts,
  RowLink,
} from "../../../app/xendit/reconcile/group-facts.ts";
import type { Connection } from "../../connection.ts";
import { all } from "../statements.ts";
import { findLinks } from "./links.ts";

type Of<Facts> = Facts & { readonly groupKey: string };

/** Everything about these groups, read together: a query for each would cost more than all the rest. */
export function readFacts(connection: Connection, environment: Environment, keys: readonly string[]): GroupFacts[] {
  const list = JSON.stringify(keys);
  // Statistics taken before rows were matched would have the one index on their groups passed over.
  const ofEach = <Facts>(table: string, key: string, columns: string, order: string) =>
    byKey(
      all<Of<Facts>>(
        connection,
        `SELECT t.${key} AS groupKey, ${columns} FROM json_each(?) k
         CROSS JOIN ${table} ON t.environment = ? AND t.${key} = k.value ORDER BY ${order}`,
        list,
        environment,
      ),
    );
  const requests = ofEach<StoredRequest>("payment_requests t", "payment_request_id", requestColumns, "k.key");
  const payments = ofEach<StoredPayment>("payments t", "payment_request_id", paymentColumns, "k.key, t.payment_id");
  const captures = ofEach<CaptureFacts>("captures t", "payment_request_id", captureColumns, "k.key, t.capture_id");
  const refunds = ofEach<RefundFacts>("refunds t", "payment_request_id", refundColumns, "k.key, t.refund_id");
  const disputes = ofEach<DisputeFacts>("disputes t", "payment_request_id", disputeColumns, "k.key, t.dispute_id");
  const rows = ofEach<StoredRow>(
    "report_rows t INDEXED BY report_rows_by_group",
    "group_key",
    rowColumns,
    "k.key, t.transaction_id",
  );
  const links = linksOf(connection, environment, [...rows.values()].flat());

  return keys.map((groupKey) => {
    const [request] = requests.get(groupKey) ?? [];
    return {
      groupKey,
      request: request ? asRequest(request) : null,
      payments: (payments.get(groupKey) ?? []).map((one) => ({ ...one, capturedItemised: one.capturedItemised === 1 })),
      captures: captures.get(groupKey) ?? [],
      refunds: refunds.get(groupKey) ?? [],
      disputes: disputes.get(groupKey) ?? [],
      rows: (rows.get(groupKey) ?? []).map((row) => asRow(row, links)),
    };
  });
}

interface StoredRequest extends Omit<RequestFacts, "capturedItemised" | "flags"> {
  readonly capturedItemised: number;
  readonly flags: string;
}

interface StoredPayment extends Omit<PaymentFacts, "capturedItemised"> {
  readonly capturedItemised: number;
}

interface StoredRow extends Omit<RowFacts, "disagreements"> {
  readonly disagreements: string;
  readonly linkedBy: LinkedBy | null;
}

const requestColumns = `t.payment_request_id AS paymentRequestId, t.business_id AS businessId, t.reference_id AS referenceId,
  t.status, t.currency, t.amount_raw AS amountRaw, t.amount_minor AS amountMinor, t.captured_minor AS capturedMinor,
  t.captured_itemised AS capturedItemised, t.country, t.created_at AS createdAt, t.updated_at AS updatedAt,
  t.captured_at AS capturedAt, t.flags`;
const paymentColumns = `t.payment_id AS paymentId, t.status, t.currency, t.amount_raw AS amountRaw,
  t.captured_minor AS capturedMinor, t.captured_itemised AS capturedItemised, t.created_at AS createdAt,
  t.updated_at AS updatedAt, t.captured_at AS capturedAt`;
const captureColumns = `t.capture_id AS captureId, t.payment_id AS paymentId, t.currency, t.amount_raw AS amountRaw,
  t.amount_minor AS amountMinor, t.captured_at AS capturedAt`;
const refundColumns = `t.refund_id AS refundId, t.payment_id AS paymentId, t.status, t.currency,
  t.amount_raw AS amountRaw, t.amount_minor AS amountMinor, t.created_at AS createdAt, t.updated_at AS updatedAt`;
const disputeColumns = "t.dispute_id AS disputeId, t.payment_id AS paymentId, t.status";
const rowColumns = `t.transaction_id AS transactionId, t.type, t.status, t.channel, t.currency, t.amount_raw AS amountRaw,
  t.amount_minor AS amountMinor, t.fee_minor AS feeMinor, t.vat_minor AS vatMinor, t.withheld_minor AS withheldMinor,
  t.net_minor AS netMinor, t.reference, t.product_id AS productId, t.payment_request_id AS paymentRequestId,
  t.capture_id AS captureId, t.created_at AS createdAt, t.updated_at AS updatedAt,
  t.estimated_settlement_at AS estimatedSettlementAt, t.settled_at AS settledAt,
  t.settlement_status AS settlementStatus, t.disagreements, t.linked_by AS linkedBy`;

function asRequest(row: StoredRequest): RequestFacts {
  return {
    ...row,
    capturedItemised: row.capturedItemised === 1,
    flags: row.flags === "[]" ? NONE : (JSON.parse(row.flags) as RequestFacts["flags"]),
  };
}

function asRow(row: Of<StoredRow>, links: ReadonlyMap<string, RowLink>): LinkedRow {
  const { groupKey, linkedBy } = row;
  const link = { groupKey, linkedBy, candidates: NONE, otherEnvironment: null, sameReference: NONE };
  return {
    ...row,
    disagreements: row.disagreements === "[]" ? NONE : (JSON.parse(row.disagreements) as RowFacts["disagreements"]),
    link: links.get(row.transactionId) ?? link,
  };
}

const NONE: readonly never[] = [];

/** Why rows lead nowhere is not stored with them; they are few. */
function linksOf(
  connection: Connection,
  environment: Environment,
  rows: readonly Of<StoredRow>[],
): ReadonlyMap<string, RowLink> {
  const unlinked = rows.filter(({ linkedBy }) => linkedBy === null).map((row) => ({ ...row, disagreements: NONE }));
  if (unlinked.length === 0) return new Map();
  const links = findLinks(connection, environment, unlinked);
  return new Map(
    unlinked.map(({ transactionId, groupKey }, place) => {
      const found = links[place];
      // A row is linked before its group is made; one that would be linked otherwise by now is news for the next match.
      const link = found?.groupKey === groupKey ? found : undefined;
      const alone = { candidates: NONE, otherEnvironment: null, sameReference: NONE };
      return [transactionId, { ...(link ?? alone), groupKey, linkedBy: null }];
    }),
  );
}

function byKey<Facts>(rows: readonly Of<Facts>[]): ReadonlyMap<string, Of<Facts>[]> {
  const groups = new Map<string, Of<Facts>[]>();
  for (const row of rows) {
    const group = groups.get(row.groupKey);
    if (group) group.push(row);
    else groups.set(row.groupKey, [row]);
  }
  return groups;
}
