import { randomUUID } from "node:crypto";
import type { Database, Statement } from "../db.server.ts";
import { jsonText } from "../xendit/bodies/json.ts";
import type { Envelope } from "../xendit/bodies/payment-bodies.ts";
import { type Fault, SENDING_FAULTS } from "./levers.ts";
import { duplicateAfter, lateBy, triesLater } from "./schedule.ts";
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
    body: jsonText({ ...event.envelope, faults: SENDING_FAULTS.filter((fault) => faults.includes(fault)) }),
    withId: !faults.includes("no_webhook_id"),
    createdAt: now,
  };
  const targets: readonly ("paydesk" | "merchant")[] = settings.merchantWebhookUrl
    ? ["paydesk", "merchant"]
    : ["paydesk"];
  const times = faults.includes("duplicate") ? [at, at + duplicateAfter(timeScale)] : [at];
  const begun = begunWith(faults);
  const deliveries = targets.flatMap((target) =>
    times.map((time) => ({
      webhookId,
      target,
      state: begun.state,
      attempts: begun.attempts,
      nextAttemptAt: time + triesLater(begun.attempts, timeScale),
      outcome: begun.outcome,
      updatedAt: now,
    })),
  );
  return [
    { query: db.read.insert(sandboxEvents).values(row), rows: 1 },
    { query: db.read.insert(sandboxDeliveries).values(deliveries), rows: deliveries.length },
  ];
}

interface Begun {
  readonly state: "waiting" | "failed";
  /** Tries that were made as far as the sandbox knows; the receiver never saw them. */
  readonly attempts: number;
  readonly outcome: string | null;
}

/** A proxy in front of the receiver answered two tries with 500; a lost one found nobody; one that never comes is given up. */
function begunWith(faults: readonly Fault[]): Begun {
  if (faults.includes("never")) return { state: "failed", attempts: 0, outcome: "never" };
  if (faults.includes("server_error_twice")) return { state: "waiting", attempts: 2, outcome: "500" };
  if (faults.includes("lost")) return { state: "waiting", attempts: 1, outcome: "timeout" };
  return { state: "waiting", attempts: 0, outcome: null };
}
