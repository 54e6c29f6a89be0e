import { createHash, randomBytes } from "node:crypto";
import { TOKEN_PREFIX } from "./access-token.ts";

export function newToken(): string {
  return TOKEN_PREFIX + randomBytes(32).toString("base64url");
}

/**
 * What is stored and looked up. 256 random bits need neither salt nor key, and a look-up by digest takes the same time
 * whatever was guessed.
 */
export function tokenDigest(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}
