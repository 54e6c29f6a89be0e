import type { Environment } from "~/lib/environment.ts";
import type { Scope } from "~/lib/scope.ts";
import type { Breaker } from "./breaker.ts";

/** A URL that stored webhooks may be sent to. Its token, if one was typed, is sealed and never shown again. */
export interface DestinationRow {
  readonly destinationId: string;
  readonly name: string;
  readonly url: string;
  readonly hasToken: boolean;
  readonly createdAt: number;
  readonly isOn: boolean;
  readonly forwards: boolean;
  /** What is sent to it: what was chosen, within what its maker may write destinations for today. */
  readonly environments: readonly Environment[];
  /** `null` is every type. */
  readonly eventTypes: readonly string[] | null;
  readonly breaker: Breaker;
  /** UTC milliseconds; `null` when it never happened. */
  readonly lastDeliveredAt: number | null;
  readonly lastFailedAt: number | null;
  /** What the last attempt ended in: the HTTP status, or timeout, refused, blocked. */
  readonly lastOutcome: string | null;
}

/** Everything its own page shows and changes. */
export interface DestinationDetail extends DestinationRow {
  readonly description: string;
  readonly createdBy: { readonly operatorId: string; readonly email: string | null };
  /** Environments that can be chosen for it. */
  readonly makersEnvironments: readonly Environment[];
  readonly inOrder: boolean;
  readonly sendsWebhookId: boolean;
  readonly timeoutMs: number;
  readonly ratePerSecond: number | null;
  readonly concurrency: number;
}

/** Of whoever asks: what they may, and where. */
interface Asking {
  readonly operatorId: string;
  can(permission: "destinations:write", environment?: Environment): boolean;
}

/** RULES 7: its maker, or who may write live destinations. */
export function mayChange(operator: Asking, { createdBy }: { readonly createdBy: string }): boolean {
  const isTheirs = createdBy === operator.operatorId && operator.can("destinations:write");
  return isTheirs || operator.can("destinations:write", "live");
}

/**
 * Whether it is there for somebody: a URL can be a secret of its own, so only those who may send it something see it. One that
 * gets nothing any more, because its maker may no longer write destinations, is left to those who may write live ones.
 */
export function isInScope(
  scope: Scope,
  {
    environments,
    makersBusinessIds,
  }: { environments: readonly Environment[]; makersBusinessIds: Scope["businessIds"] },
): boolean {
  const shares = (ids: readonly string[] | null) =>
    scope.businessIds === null || ids === null || ids.some((one) => scope.businessIds?.includes(one));
  const isNear =
    environments.length === 0
      ? scope.environments.includes("live")
      : environments.some((one) => scope.environments.includes(one));
  return isNear && shares(makersBusinessIds);
}

export type DestinationRefusal =
  | "url_not_allowed"
  | "name_taken"
  | "token_is_a_webhook_token"
  | "not_for_its_maker"
  | "forwards_live"
  | "name_not_typed"
  | "key_known"
  | "key_absent"
  | "too_many_keys"
  | "not_found"
  | "not_yours";

/** `url_not_allowed` is said with its detail, the guard's own sentence. */
export const destinationRefusals: Record<DestinationRefusal, string> = {
  url_not_allowed: "This address is not allowed.",
  name_taken: "There is a destination of this name.",
  token_is_a_webhook_token:
    "This is a token webhooks are accepted with here. Give the destination one of its own: whoever has that token can send webhooks to this desk.",
  not_for_its_maker: "Whoever added this destination may not write destinations for every environment ticked here.",
  forwards_live:
    "Webhooks are forwarded there as they arrive. Turn forwarding off first: live webhooks go somewhere new only when its name was typed.",
  name_not_typed: "Type the destination's name exactly to remove it.",
  key_known:
    "This form was sent before. The secret was shown then and cannot be shown again; if it is lost, rotate once more.",
  key_absent: "This secret has ended already.",
  too_many_keys: "Five secrets sign at the same time already. Revoke one first.",
  not_found: "This destination is gone.",
  not_yours: "Somebody else added this destination. Only they, or whoever may write live destinations, can change it.",
};

/** The field a refusal stands beside. */
export const refusalField: Record<DestinationRefusal, string> = {
  url_not_allowed: "url",
  name_taken: "name",
  token_is_a_webhook_token: "token",
  not_for_its_maker: "environments",
  forwards_live: "form",
  name_not_typed: "confirmation",
  key_known: "form",
  key_absent: "form",
  too_many_keys: "form",
  not_found: "form",
  not_yours: "form",
};
