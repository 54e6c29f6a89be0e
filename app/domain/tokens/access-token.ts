import { z } from "zod";
import { OWN_PREFIXES } from "~/lib/ids.ts";
import { DAY } from "~/lib/time.ts";

/** Personal access tokens: what a form may say of one, and in which state it is. Browser-safe. */

/** Tells a token apart from everything else that is random, for people and for scanners of repositories. */
export const TOKEN_PREFIX = "pdk_";
/** 256 bit as base64url. */
export const TOKEN_PATTERN = /^pdk_[A-Za-z0-9_-]{43}$/;

/** Usable ones of one operator; more are forgotten ones. */
export const MAX_TOKENS = 20;

/** Every token ends: one that nobody remembers must not work forever. */
export const LIFETIMES = ["7", "30", "90", "365"] as const;
export type Lifetime = (typeof LIFETIMES)[number];
export const lifetimeLabel: Record<Lifetime, string> = {
  "7": "7 days",
  "30": "30 days",
  "90": "90 days",
  "365": "A year",
};
export const DEFAULT_LIFETIME: Lifetime = "30";

export function expiryOf(lifetime: Lifetime, now: number): number {
  return now + Number(lifetime) * DAY;
}

const tokenId = z.string().regex(new RegExp(`^${OWN_PREFIXES.accessToken}[0-9a-f-]{36}$`), "This is no token's id.");

export const CreateTokenForm = z.object({
  /** Made with the page, so that a form sent twice makes one token. */
  tokenId,
  name: z
    .string({ error: "Give it a name." })
    .trim()
    .min(1, "Give it a name.")
    .max(60, "At most 60 characters.")
    .regex(/^[^\p{Cc}]*$/u, "A name has no control characters."),
  lifetime: z.enum(LIFETIMES, { error: "Choose when it ends." }),
});
export type CreateTokenForm = z.output<typeof CreateTokenForm>;

export const RevokeTokenForm = z.object({ tokenId });

export type TokenRefusal = "too_many_tokens" | "token_known" | "token_not_found";
export const tokenRefusals: Record<TokenRefusal, string> = {
  too_many_tokens: `You have ${MAX_TOKENS} tokens that work. Revoke one you no longer use.`,
  token_known: "This form made its token already, and it was shown then. If it is lost, revoke it and create another.",
  token_not_found: "This token is not here, or it was revoked already.",
};

export type TokenState = "works" | "expired" | "revoked";

export function tokenState(
  { expiresAt, revokedAt }: { readonly expiresAt: number | null; readonly revokedAt: number | null },
  now: number,
): TokenState {
  if (revokedAt !== null) return "revoked";
  return expiresAt !== null && expiresAt <= now ? "expired" : "works";
}
