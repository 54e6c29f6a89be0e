import { createHash } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { and, asc, eq, lte, min, notInArray } from "drizzle-orm";
import type { Database } from "../db.server.ts";
import type { Config } from "../env.server.ts";
import { type GuardedAnswer, guardedFetch } from "../lib/guarded-fetch.server.ts";
import type { Signals } from "../lib/signals.ts";
import type { JsonObject } from "../xendit/bodies/json.ts";
import { type Envelope, envelopeText } from "../xendit/bodies/payment-bodies.ts";
import { advance, nextDue } from "./advance.server.ts";
import { readSandboxKeys, type SandboxKeys } from "./keys.server.ts";
import { SENDING_FAULTS, type SendingFault } from "./levers.ts";
import { merchantPolicy, paydeskPolicy, paydeskUrl } from "./receivers.ts";
import { retryWait } from "./schedule.ts";
import { readSandboxSettings, type SandboxSettings } from "./settings.server.ts";
import { objectOf, storedBody, textOf } from "./stored.ts";

/** Looks by itself this often, whatever was missed. */
const POLL_MS = 5_000;
const STUCK_MS = 250;
const GRACE_MS = 1_000;
const MAX_IN_FLIGHT = 16;

export interface SandboxSenderOptions {
  readonly db: Database;
  readonly config: Config;
  readonly signals: Signals;
  /** Told of what is broken on our side; a receiver that does not answer is no error. */
  readonly onError?: (error: unknown) => void;
}

interface Due {
  readonly deliveryId: number;
  readonly target: "paydesk" | "merchant";
  readonly attempts: number;
  readonly webhookId: string;
  readonly withId: boolean;
  readonly body: string;
}

/**
 * The sandbox's clock and postman: moves what is due and empties the outbox over real HTTP. Everything it knows is in
 * the store, so a restart goes on where the last one stopped; an attempt cut off by a stop is made again.
 */
export function startSandboxSender({ db, config, signals, onError = () => {} }: SandboxSenderOptions): {
  stop(): Promise<void>;
} {
  const stopping = new AbortController();
  const inFlight = new Map<number, Promise<void>>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let round: Promise<void> | null = null;
  let again = false;
  let stopped = false;

  const look = () => {
    if (stopped) return;
    if (round) {
      again = true;
      return;
    }
    clearTimeout(timer);
    round = runRound().then(
      (wait) => settle(wait),
      (error) => {
        onError(error);
        settle(POLL_MS);
      },
    );
  };
  const settle = (wait: number) => {
    round = null;
    if (stopped) return;
    if (again) {
      again = false;
      look();
    } else {
      timer = setTimeout(look, wait);
      timer.unref();
    }
  };

  /** One look: what is due happens, what is due is sent. Answers with how long to wait for the next. */
  async function runRound(): Promise<number> {
    const keys = await readSandboxKeys(db, config);
    if (!keys) return POLL_MS;
    const settings = await readSandboxSettings(db, config);
    const now = Date.now();
    // What cannot be moved must not hold back what only has to be sent.
    await advance({ db, settings, businessId: keys.businessId, now }).catch(onError);
    for (const due of await dueDeliveries(db, now, [...inFlight.keys()], MAX_IN_FLIGHT - inFlight.size)) {
      const sent = deliver(due, keys, settings)
        .catch(async (error) => {
          onError(error);
          await holdOff(stopping.signal);
        })
        .finally(() => {
          inFlight.delete(due.deliveryId);
          look();
        });
      inFlight.set(due.deliveryId, sent);
    }
    const next = await nextAt(db, [...inFlight.keys()]);
    return next === null ? POLL_MS : waitFor(next, now);
  }

  async function deliver(due: Due, keys: SandboxKeys, settings: SandboxSettings): Promise<void> {
    const url = due.target === "paydesk" ? paydeskUrl(config) : settings.merchantWebhookUrl;
    const token = due.target === "paydesk" ? keys.webhookToken : settings.merchantWebhookToken;
    const policy = due.target === "paydesk" ? paydeskPolicy(config) : merchantPolicy(config);
    const answer: GuardedAnswer = url
      ? await guardedFetch(url, requestOf(due, token), { ...policy, signal: stopping.signal })
      : { outcome: "blocked", reason: "no address is set", latencyMs: 0 };
    if (stopping.signal.aborted && answer.outcome !== "http") return;
    await recordAttempt(db, due, answer, settings.timeScale);
  }

  const forget = signals.on("sandbox-webhooks", look);
  look();
  return {
    async stop() {
      stopped = true;
      forget();
      clearTimeout(timer);
      await round;
      // Most attempts need milliseconds more; one cut off would be made twice.
      await Promise.race([Promise.all(inFlight.values()), pause(GRACE_MS, undefined, { ref: false })]);
      stopping.abort();
      await Promise.all(inFlight.values());
    },
  };
}

/** What was due when this round began and still is could not be moved; it must not be tried in a tight loop. */
function waitFor(next: number, roundBegan: number): number {
  if (next <= roundBegan) return STUCK_MS;
  return Math.min(POLL_MS, Math.max(1, next - Date.now()));
}

/** After an attempt that could not even be recorded; otherwise it would be made again at once, and again. */
async function holdOff(signal: AbortSignal): Promise<void> {
  await pause(POLL_MS, undefined, { signal, ref: false }).catch(() => {});
}

/** `created` is the time of this attempt; everything else is the same in each. */
function requestOf(due: Due, token: string | null) {
  const stored = storedBody(due.body);
  const faults = sendingFaults(stored);
  const envelope: Envelope = {
    event: textOf(stored, "event"),
    businessId: textOf(stored, "businessId"),
    data: objectOf(stored, "data"),
  };
  const body = envelopeText(envelope, Date.now());
  const sent = token && faults.includes("wrong_token") ? wrongToken(token) : token;
  return {
    // The length that is told is that of what is sent: only a reader of the JSON notices.
    body: faults.includes("truncated") ? body.slice(0, Math.floor(body.length / 2)) : body,
    headers: {
      "content-type": "application/json",
      "user-agent": "Xendit-Sandbox",
      ...(sent ? { "x-callback-token": sent } : {}),
      ...(due.withId ? { "webhook-id": due.webhookId } : {}),
    },
  };
}

function sendingFaults(stored: JsonObject): readonly SendingFault[] {
  const { faults } = stored;
  return SENDING_FAULTS.filter((fault) => Array.isArray(faults) && faults.includes(fault));
}

/** Another one that looks like it, always the same, and from which nobody learns the right one. */
function wrongToken(token: string): string {
  return createHash("sha256").update(`not ${token}`).digest("base64url").slice(0, Math.max(8, token.length));
}

async function dueDeliveries(db: Database, now: number, without: number[], limit: number): Promise<Due[]> {
  const { sandboxDeliveries, sandboxEvents } = db.tables;
  if (limit <= 0) return [];
  return db.read
    .select({
      deliveryId: sandboxDeliveries.deliveryId,
      target: sandboxDeliveries.target,
      attempts: sandboxDeliveries.attempts,
      webhookId: sandboxEvents.webhookId,
      withId: sandboxEvents.withId,
      body: sandboxEvents.body,
    })
    .from(sandboxDeliveries)
    .innerJoin(sandboxEvents, eq(sandboxEvents.webhookId, sandboxDeliveries.webhookId))
    .where(
      and(
        eq(sandboxDeliveries.state, "waiting"),
        lte(sandboxDeliveries.nextAttemptAt, now),
        notInArray(sandboxDeliveries.deliveryId, without),
      ),
    )
    .orderBy(asc(sandboxDeliveries.nextAttemptAt), asc(sandboxDeliveries.deliveryId))
    .limit(limit);
}

/** When the next thing is due: a transition, or a delivery that is not on its way. */
async function nextAt(db: Database, without: number[]): Promise<number | null> {
  const { sandboxDeliveries } = db.tables;
  const [row] = await db.read
    .select({ at: min(sandboxDeliveries.nextAttemptAt) })
    .from(sandboxDeliveries)
    .where(and(eq(sandboxDeliveries.state, "waiting"), notInArray(sandboxDeliveries.deliveryId, without)));
  const times = [row?.at ?? null, await nextDue(db)].filter((at) => at !== null);
  return times.length > 0 ? Math.min(...times) : null;
}

async function recordAttempt(db: Database, due: Due, answer: GuardedAnswer, scale: number): Promise<void> {
  const { sandboxDeliveries } = db.tables;
  const delivered = answer.outcome === "http" && answer.status >= 200 && answer.status < 300;
  const attempts = due.attempts + 1;
  const now = Date.now();
  const wait = retryWait(attempts, scale);
  const state = delivered ? ("delivered" as const) : wait === null ? ("failed" as const) : ("waiting" as const);
  const update = db.read
    .update(sandboxDeliveries)
    .set({
      state,
      attempts,
      nextAttemptAt: now + (wait ?? 0),
      outcome: answer.outcome === "http" ? String(answer.status) : answer.outcome,
      updatedAt: now,
    })
    .where(and(eq(sandboxDeliveries.deliveryId, due.deliveryId), eq(sandboxDeliveries.attempts, due.attempts)));
  await db.write([{ query: update, rows: 1 }]);
}
