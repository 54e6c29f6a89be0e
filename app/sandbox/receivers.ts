import type { Config } from "../env.server.ts";
import type { FetchPolicy } from "../lib/guarded-fetch.server.ts";

/** Where the sandbox's webhooks go, and what the guard lets each of them reach. */

export function paydeskUrl(config: Config): string {
  return `${config.internalUrl}/webhooks/xendit`;
}

/** Xendit gives a receiver 30 seconds. */
const TIMEOUT_MS = 30_000;
const MAX_BODY_BYTES = 2_048;

export function paydeskPolicy(config: Config): FetchPolicy {
  return {
    allowLoopback: config.loopback,
    allowOrigins: [new URL(config.internalUrl).origin],
    timeoutMs: TIMEOUT_MS,
    maxBodyBytes: MAX_BODY_BYTES,
  };
}

/** The merchant's own code; never this server again. */
export function merchantPolicy(config: Config): FetchPolicy {
  return {
    allowLoopback: config.loopback,
    refuseOrigins: [new URL(config.internalUrl).origin, new URL(config.publicUrl).origin],
    timeoutMs: TIMEOUT_MS,
    maxBodyBytes: MAX_BODY_BYTES,
  };
}
