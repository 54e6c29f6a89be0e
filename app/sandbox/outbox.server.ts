import { randomUUID } from "node:crypto";
import type { Database, Statement } from "../db.server.ts";
import { jsonText } from "../xendit/bodies/json.ts";
import type { Envelope } from "../xendit/bodies/payment-bodies.ts";
import type { Fault } from "./levers.ts";
import { lateBy } from "./schedule.ts";
import type { SandboxSettings } from "./settings.server.ts";

export interface OutgoingEvent {
  readonly envelope: Envelope;
  /** When its first delivery is due. */
  readonly at: number;
  readonly faults: readonly Fault[];
}

/** Puts an event into the outbox, in the same write as the change it tells about. */
export function outboxStatements(
  db: Database,
  settings: SandboxSettings,
  event: OutgoingEvent,
  now: number,
): Statement[] {
  const { sandboxEvents, sandboxDeliveries } = db.tables;
  const webhookId = randomUUID();
  const { faults } = event;
  const at = event.at + (faults.includes("late") ? lateBy(settings.timeScale) : 0);
  const row = {
    webhookId,
    event: event.envelope.event,
    body: jsonText({ ...event.envelope }),
    withId: !faults.includes("no_webhook_id"),
    createdAt: now,
  };
  const targets: readonly ("paydesk" | "merchant")[] = settings.merchantWebhookUrl
    ? ["paydesk", "merchant"]
    : ["paydesk"];
  const times = faults.includes("duplicate") ? [at, at + Math.max(1, Math.round(2_000 * settings.timeScale))] : [at];
  const deliveries = targets.flatMap((target) =>
    times.map((nextAttemptAt) => ({
      webhookId,
      target,
      state: "waiting" as const,
      attempts: 0,
      nextAttemptAt,
      outcome: null,
      updatedAt: now,
    })),
  );
  const store: Statement[] = [{ query: db.read.insert(sandboxEvents).values(row), rows: 1 }];
  if (faults.includes("lost")) return store;
  return [...store, { query: db.read.insert(sandboxDeliveries).values(deliveries), rows: deliveries.length }];
}
