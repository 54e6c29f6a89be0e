import { and, eq } from "drizzle-orm";
import type { Database } from "../../db.server.ts";
import type { Config } from "../../env.server.ts";
import type { Environment } from "../../lib/environment.ts";
import { SECOND } from "../../lib/time.ts";
import type { ApiError } from "../../xendit/api-errors.ts";
import { auditStatement } from "../operators/audit.server.ts";
import { stepStatement } from "./session-steps.server.ts";
import type { Starter } from "./start-session.server.ts";
import { xenditFor } from "./xendit-for.server.ts";

export type Cancelled =
  | { readonly ok: true }
  | { readonly ok: false; readonly refusal: "live" | "absent" | "not_set_up" }
  | { readonly ok: false; readonly refusal: "xendit"; readonly error: ApiError };

export const cancelRefusalText = {
  live: "A live session is not cancelled from here.",
  absent: "There is no such session here.",
  not_set_up: "This environment has no key here.",
} as const;

export interface CancelOptions {
  readonly config: Config;
  readonly environment: Environment;
  readonly paymentSessionId: string;
  readonly by: Starter;
  readonly now: Date;
}

/** Asks Xendit to close an open session. No webhook tells of it, so the answer is all there is, and it is kept. */
export async function cancelSession(db: Database, options: CancelOptions): Promise<Cancelled> {
  const { environment, paymentSessionId, by, now } = options;
  if (environment === "live") return { ok: false, refusal: "live" };
  if (!by.scope.environments.includes(environment)) return { ok: false, refusal: "absent" };
  const access = await xenditFor(db, options.config, environment);
  if (!access) return { ok: false, refusal: "not_set_up" };
  const answer = await access.client.cancelSession(paymentSessionId);
  const at = now.getTime();
  const known = { environment, paymentSessionId, step: "session", at, exchange: answer.exchange } as const;
  if (!answer.ok) {
    // Ended meanwhile: the truth is one poll away.
    await db.write([stepStatement(db, { ...known, outcome: "cancel_refused" }), pollSoon(db, options)]);
    return { ok: false, refusal: "xendit", error: answer.error };
  }
  await db.observe({ environment, source: "api", subject: "session", bytes: answer.bytes, receivedAt: at });
  await db.write([
    stepStatement(db, { ...known, outcome: "cancelled" }),
    auditStatement(db, { operator: by, action: "sessions:cancel", environment, subject: paymentSessionId, now }),
  ]);
  return { ok: true };
}

function pollSoon(db: Database, { environment, paymentSessionId, now }: CancelOptions) {
  const { testSessions } = db.tables;
  const query = db.read
    .update(testSessions)
    .set({ pollAt: now.getTime() + SECOND, polls: 0 })
    .where(and(eq(testSessions.environment, environment), eq(testSessions.paymentSessionId, paymentSessionId)));
  return { query, rows: "any" } as const;
}
