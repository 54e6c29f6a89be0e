import { randomUUID } from "node:crypto";
import type { Database, Statement } from "../db.server.ts";
import { jsonText } from "../xendit/bodies/json.ts";
import type { Envelope } from "../xendit/bodies/payment-bodies.ts";
import type { Fault } from "./levers.ts";
import { duplicateAfter, lateBy, retryWait } from "./schedule.ts";
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
  const { timeScale } = settings;
  const at = event.at + (faults.includes("late") ? lateBy(timeScale) : 0);
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
  const times = faults.includes("duplicate") ? [at, at + duplicateAfter(timeScale)] : [at];
  // A lost attempt was made as far as the sandbox knows: the next one is the first retry.
  const lost = faults.includes("lost");
  const deliveries = targets.flatMap((target) =>
    times.map((time) => ({
      webhookId,
      target,
      state: "waiting" as const,
      attempts: lost ? 1 : 0,
      nextAttemptAt: lost ? time + (retryWait(1, timeScale) ?? 0) : time,
      outcome: lost ? "timeout" : null,
      updatedAt: now,
    })),
  );
  return [
    { query: db.read.insert(sandboxEvents).values(row), rows: 1 },
    { query: db.read.insert(sandboxDeliveries).values(deliveries), rows: deliveries.length },
  ];
}
