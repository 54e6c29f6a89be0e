import { createHmac, randomBytes } from "node:crypto";

/** Signatures as in Standard Webhooks 1.0 (standardwebhooks.com); `docs/webhook-signatures.md` tells receivers how to check them. */

export const SECRET_PREFIX = "whsec_";

/** What the specification recommends as the longest useful key is 64 bytes, as the shortest 24. */
const SECRET_BYTES = 32;

/** A new secret: `whsec_` and 32 random bytes as base64. */
export function newSigningSecret(): string {
  return SECRET_PREFIX + randomBytes(SECRET_BYTES).toString("base64");
}

export interface Signed {
  /** `whsec_` and base64, newest first. While one is rotated out, both sign. */
  readonly secrets: readonly string[];
  /** The same at every try of a delivery: receivers tell repeats by it. */
  readonly id: string;
  readonly timestampSeconds: number;
  /** The very bytes of the request. */
  readonly body: Uint8Array | string;
}

/**
 * `webhook-id`, `webhook-timestamp` and `webhook-signature`: one `v1,…` (HMAC-SHA256 of `id.timestamp.body`, base64) for
 * each secret, space separated. Without a secret there is no signature header: an empty one would look like a failed check.
 */
export function signatureHeaders({ secrets, id, timestampSeconds, body }: Signed): Readonly<Record<string, string>> {
  const signatures = secrets.map((secret) => signature(secret, { id, timestampSeconds, body }));
  return {
    "webhook-id": id,
    "webhook-timestamp": String(timestampSeconds),
    ...(signatures.length > 0 ? { "webhook-signature": signatures.join(" ") } : {}),
  };
}

function signature(secret: string, { id, timestampSeconds, body }: Omit<Signed, "secrets">): string {
  const hmac = createHmac("sha256", keyOf(secret));
  hmac.update(`${id}.${timestampSeconds}.`);
  hmac.update(body);
  return `v1,${hmac.digest("base64")}`;
}

function keyOf(secret: string): Buffer {
  const key = Buffer.from(secret.slice(SECRET_PREFIX.length), "base64");
  // Buffer.from drops what is no base64: a damaged secret would sign with another key, or with none.
  if (!secret.startsWith(SECRET_PREFIX) || key.length < 16) throw new Error("This is not a signing secret.");
  return key;
}
