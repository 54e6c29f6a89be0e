import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { Captured } from "../app/db.server.ts";
import type { Environment } from "../app/lib/environment.ts";

/** What the process tells Prometheus. Labels are closed sets: nothing a stranger sends becomes a label. */
export interface Metrics {
  captured(environment: Environment, captured: Captured, seconds: number): void;
  refused(reason: string): void;
  notStored(): void;
  answered(kind: RequestKind, status: number, seconds: number): void;
  readonly contentType: string;
  text(): Promise<string>;
}

export type RequestKind = "capture" | "page" | "asset" | "sandbox" | "health";

/** How far a queue of forwarded events is behind; asked when somebody reads the metrics. */
export interface QueueLag {
  readonly destinationId: string;
  readonly environment: Environment;
  readonly waiting: { readonly count: number };
  readonly lagMs: number;
}

interface MetricsOptions {
  readonly readForwardLags?: () => Promise<readonly QueueLag[]>;
}

export function createMetrics({ readForwardLags }: MetricsOptions = {}): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const captures = new Counter({
    name: "paydesk_webhooks_captured_total",
    help: "Webhooks stored durably, by environment and outcome.",
    labelNames: ["environment", "outcome"],
    registers,
  });
  const refusals = new Counter({
    name: "paydesk_webhooks_refused_total",
    help: "Webhooks refused at the door, by reason.",
    labelNames: ["reason"],
    registers,
  });
  const failures = new Counter({
    name: "paydesk_webhooks_not_stored_total",
    help: "Webhooks answered with 503 because they could not be stored.",
    registers,
  });
  const captureSeconds = new Histogram({
    name: "paydesk_capture_seconds",
    help: "From the whole body being here to its commit being on disk.",
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers,
  });
  const requestSeconds = new Histogram({
    name: "paydesk_http_request_seconds",
    help: "HTTP requests by kind and class of status.",
    labelNames: ["kind", "status"],
    buckets: [0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers,
  });

  if (readForwardLags) forwardGauges(registry, readForwardLags);

  return {
    captured(environment, { duplicate, quarantined }, seconds) {
      captures.inc({ environment, outcome: duplicate ? "duplicate" : quarantined ? "quarantined" : "stored" });
      captureSeconds.observe(seconds);
    },
    refused: (reason) => refusals.inc({ reason }),
    notStored: () => failures.inc(),
    answered: (kind, status, seconds) =>
      requestSeconds.observe({ kind, status: `${Math.floor(status / 100)}xx` }, seconds),
    contentType: registry.contentType,
    text: () => registry.metrics(),
  };
}

function forwardGauges(registry: Registry, readForwardLags: () => Promise<readonly QueueLag[]>): void {
  const gauge = (name: string, help: string, figureOf: (queue: QueueLag) => number) =>
    new Gauge({
      name,
      help,
      labelNames: ["destination", "environment"],
      registers: [registry],
      async collect() {
        const lags = await readForwardLags();
        this.reset();
        for (const queue of lags) {
          this.set({ destination: queue.destinationId, environment: queue.environment }, figureOf(queue));
        }
      },
    });
  gauge(
    "paydesk_forward_lag_seconds",
    "How long the oldest event that waits to be forwarded has been kept waiting; 0 when none does.",
    ({ lagMs }) => lagMs / 1000,
  );
  gauge(
    "paydesk_forward_waiting",
    "Events that wait to be forwarded, counted up to 10,000.",
    ({ waiting }) => waiting.count,
  );
}
