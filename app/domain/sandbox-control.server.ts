import { stringify } from "lossless-json";
import { z } from "zod";
import type { Database } from "../db.server.ts";
import type { Config } from "../env.server.ts";
import { createRateLimits } from "../xendit/api-rate-limit.ts";
import { type ApiCall, type RawAnswer, send } from "../xendit/api-transport.server.ts";
import { findSandboxKeys } from "./sandbox-setup.server.ts";

/**
 * What the sandbox can be told beyond what Xendit can: levers and settings. Over HTTP like everything else, because the
 * sandbox stands where Xendit stands. `null` when there is no sandbox.
 */
export async function callSandbox(
  db: Database,
  config: Config,
  call: {
    readonly method: "GET" | "PUT";
    readonly path: string;
    readonly body?: unknown;
    readonly signal?: AbortSignal;
  },
): Promise<RawAnswer | null> {
  const keys = await findSandboxKeys(db, config);
  if (!keys) return null;
  const { body, ...rest } = call;
  const api: ApiCall = { ...rest, endpoint: call.path, body: body === undefined ? undefined : stringify(body) };
  return send(
    {
      baseUrl: `${config.internalUrl}/sandbox`,
      secretKey: keys.secretKey,
      fetch,
      limits: createRateLimits(),
      timeoutMs: 10_000,
      maxWaitMs: 0,
    },
    api,
  );
}

export interface SavedCardChoice {
  /** Its token. */
  readonly value: string;
  readonly label: string;
}

/** The cards saved in the sandbox; `null` when it does not answer. */
export async function readSavedCards(db: Database, config: Config): Promise<readonly SavedCardChoice[] | null> {
  const answer = await callSandbox(db, config, { method: "GET", path: "/saved_cards" });
  if (!answer?.ok) return null;
  return SavedCards.parse(answer.body).data.map((card) => ({ value: card.payment_token_id, label: card.label }));
}

const SavedCards = z.object({ data: z.array(z.object({ payment_token_id: z.string(), label: z.string() })) });
