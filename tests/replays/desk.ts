import type { Database } from "../../app/db.server.ts";
import { addDestination } from "../../app/domain/destinations/add-destination.server.ts";
import { type Operator, operatorFor } from "../../app/domain/operators/operator.ts";
import type { Permission } from "../../app/domain/operators/permissions.ts";
import { listDeliveries } from "../../app/domain/replays/delivery-queries.server.ts";
import { type OrderReplay, orderReplay } from "../../app/domain/replays/order-replay.server.ts";
import type { Config } from "../../app/env.server.ts";
import type { Environment } from "../../app/lib/environment.ts";

export const NOW = new Date("2026-05-04T03:02:01Z");

export function anOperator(
  permission: Permission,
  overrides: Partial<Parameters<typeof operatorFor>[0]> = {},
): Operator {
  return operatorFor(
    {
      operatorId: "op_1",
      email: "ada@example.com",
      role: "admin",
      environments: null,
      businessIds: null,
      preferences: {},
      ...overrides,
    },
    permission,
  );
}

/** A captured card payment, or any other text, as an event of the store. */
export async function anEvent(
  db: Database,
  {
    text = aCaptureText(),
    webhookId = crypto.randomUUID() as string | null,
    replayHeader = null as string | null,
    environment = "sandbox" as Environment,
    at = NOW.getTime(),
  } = {},
): Promise<string> {
  const captured = await db.capture({
    environment,
    bytes: new TextEncoder().encode(text),
    headers: [
      ["content-type", "application/json; charset=utf-8"],
      ...(webhookId === null ? [] : [["webhook-id", webhookId] as const]),
      ["user-agent", "Xendit"],
    ],
    webhookId,
    tokenLabel: "sandbox",
    address: "127.0.0.1",
    replayHeader,
    receivedAt: at,
  });
  return captured.eventId;
}

export function aCaptureText(paymentId: string = crypto.randomUUID()): string {
  return JSON.stringify({
    created: "2026-05-04T03:00:00.000Z",
    business_id: "62440e322008e87fb29c1fd0",
    event: "payment.capture",
    data: {
      type: "PAY",
      status: "SUCCEEDED",
      country: "ID",
      created: "2026-05-04T02:59:00.000Z",
      updated: "2026-05-04T02:59:30.000Z",
      captures: [
        { capture_id: `cptr-${paymentId}`, capture_amount: 10000, capture_timestamp: "2026-05-04T02:59:34.000Z" },
      ],
      currency: "IDR",
      payment_id: `py-${paymentId}`,
      business_id: "62440e322008e87fb29c1fd0",
      channel_code: "CARDS",
      reference_id: "order-1",
      capture_method: "AUTOMATIC",
      request_amount: 10000,
      payment_request_id: `pr-${paymentId}`,
    },
    api_version: "v3",
  });
}

export async function aDestination(
  db: Database,
  config: Config,
  { url, name = "staging", token = "" }: { url: string; name?: string; token?: string },
): Promise<string> {
  const added = await addDestination(db, {
    name,
    url,
    token,
    config,
    operator: anOperator("destinations:write"),
    now: NOW,
  });
  if (!added.ok) throw new Error(`not added: ${added.refusal} ${added.detail ?? ""}`);
  return added.value.destinationId;
}

/** Waits until something holds; fails when it takes far too long. */
export async function until(holds: () => Promise<boolean> | boolean, atMostMs = 20_000): Promise<void> {
  const end = Date.now() + atMostMs;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error("it never came to that");
    await new Promise((later) => setTimeout(later, 20));
  }
}

/** What became of each event of a replay, as everybody's page shows it. */
export async function deliveriesOf(db: Database, replayId: string) {
  const scope = anOperator("replays:send").scope;
  const page = await listDeliveries(db, scope, { replayId, state: null, cursor: null });
  return page?.rows ?? [];
}

/** An order of chosen events, with everything else as a form that was filled in carefully. */
export function anOrder(
  eventIds: readonly string[],
  destinationId: string | null,
  overrides: Partial<OrderReplay> = {},
): OrderReplay {
  return {
    selection: { kind: "events", eventIds },
    destinationId,
    includesDelivered: true,
    confirmation: null,
    zone: "Asia/Jakarta",
    idempotencyKey: crypto.randomUUID(),
    operator: anOperator(destinationId === null ? "webhooks:reprocess" : "replays:send"),
    now: NOW,
    ...overrides,
  };
}

/** Orders, and expects it to be taken. */
export async function ordered(db: Database, order: OrderReplay): Promise<string> {
  const result = await orderReplay(db, order);
  if (!result.ok) throw new Error(`not ordered: ${result.refusal} ${result.detail ?? ""}`);
  return result.value.replayId;
}

/** In the store: a large order is written on with what whoever ordered it may see. */
export async function addOperator(db: Database, { operatorId, email, role }: Operator): Promise<void> {
  const row = { operatorId, email, role, passwordHash: "none", preferences: {}, createdAt: 1 };
  await db.write([{ query: db.read.insert(db.tables.operators).values(row), rows: 1 }]);
}
