import type { Tables } from "~/db.server.ts";
import { type DescribedTarget, type Target, targetPath } from "./search-answer.ts";

/** The columns a result row needs, and the row made of them, by what it is. */

export function paymentColumns({ paymentRequests: table }: Tables) {
  return {
    environment: table.environment,
    id: table.paymentRequestId,
    status: table.status,
    amountMinor: table.amountMinor,
    amountRaw: table.amountRaw,
    currency: table.currency,
    reference: table.referenceId,
    at: table.sortAt,
  };
}

export function sessionColumns({ sessions: table }: Tables) {
  return {
    environment: table.environment,
    id: table.paymentSessionId,
    status: table.status,
    amountMinor: table.amountMinor,
    amountRaw: table.amountRaw,
    currency: table.currency,
    reference: table.referenceId,
    at: table.sortAt,
  };
}

export function webhookColumns({ events: table }: Tables) {
  return {
    environment: table.environment,
    id: table.eventId,
    status: table.state,
    eventType: table.eventType,
    paymentRequestId: table.paymentRequestId,
    at: table.firstReceivedAt,
  };
}

type MoneyRow = Omit<DescribedTarget, "kind" | "href" | "eventType">;
type WebhookRow = Pick<DescribedTarget, "environment" | "id" | "status" | "at"> & {
  readonly eventType: string;
  readonly paymentRequestId: string | null;
};

export function describedPayment(row: MoneyRow): DescribedTarget {
  return described({ ...row, kind: "payment", eventType: null });
}

export function describedSession(row: MoneyRow): DescribedTarget {
  return described({ ...row, kind: "session", eventType: null });
}

/** A webhook that tells of a card payment is shown on that payment's timeline. */
export function describedWebhook({ paymentRequestId, ...row }: WebhookRow): DescribedTarget {
  const isOnTimeline = paymentRequestId !== null && (row.status === "processed" || row.status === "conflict");
  const target = {
    ...row,
    kind: "webhook",
    amountMinor: null,
    amountRaw: null,
    currency: null,
    reference: null,
  } as const;
  if (!isOnTimeline) return described(target);
  const { environment, id } = row;
  const payment = targetPath({ kind: "payment", environment, id: paymentRequestId });
  return { ...target, href: `${payment}#webhook-${id}` };
}

function described(row: Omit<DescribedTarget, "href"> & Target): DescribedTarget {
  return { ...row, href: targetPath(row) };
}
