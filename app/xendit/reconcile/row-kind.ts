import { codeOf as readCode } from "../report/told-values.ts";
import type { RowFacts } from "./group-facts.ts";

const codes = new Map<string, string>();
/** More spellings than any report has; what comes from outside must not fill the memory. */
const MOST_CODES = 500;

/** Every row is asked for its codes many times, and there are few of them. */
export function codeOf(text: string): string {
  const known = codes.get(text);
  if (known !== undefined) return known;
  const code = readCode(text);
  if (codes.size < MOST_CODES) codes.set(text, code);
  return code;
}

/** What a row is about, as far as card money goes. */
export type RowKind = "payment" | "refund" | "chargeback" | "other";

const KINDS: Readonly<Record<string, RowKind>> = { PAYMENT: "payment", REFUND: "refund", CHARGEBACK: "chargeback" };

export function kindOfRow({ type }: Pick<RowFacts, "type">): RowKind {
  return (type !== null && KINDS[codeOf(type)]) || "other";
}

/**
 * What the report says became of the money (FACTS 8.5). `moved`: it stands. `reversed`: it moved and was taken back.
 * `waiting`: not yet. `none`: it never did. The Balance report names no status and lists only what moved.
 */
export type Standing = "moved" | "reversed" | "waiting" | "none" | "unknown";

const STANDINGS: Readonly<Record<string, Standing>> = {
  SUCCESS: "moved",
  REVERSED: "reversed",
  PENDING: "waiting",
  FAILED: "none",
  VOIDED: "none",
};

export function standingOf({ status }: Pick<RowFacts, "status">): Standing {
  if (status === null) return "moved";
  return STANDINGS[codeOf(status)] ?? "unknown";
}

export const CARD_CHANNELS: readonly string[] = ["CARD", "CARDS", "CREDIT_CARD", "CREDIT_CARDS"];

/** A card payment, refund or chargeback by its own word. What links to a payment of ours is in scope whatever it says. */
export function isCardRow(row: Pick<RowFacts, "type" | "channel">): boolean {
  return kindOfRow(row) !== "other" && isCardChannel(row.channel);
}

export function isCardChannel(channel: string | null): boolean {
  return channel !== null && CARD_CHANNELS.includes(codeOf(channel));
}

export type Settlement = "settled" | "waiting" | "untold";

/** Version 0 of the report tells nothing of settlement. */
export function settlementOf(
  row: Pick<RowFacts, "settlementStatus" | "settledAt" | "estimatedSettlementAt">,
): Settlement {
  const status = row.settlementStatus === null ? null : codeOf(row.settlementStatus);
  if (row.settledAt !== null || status === "SETTLED" || status === "EARLY_SETTLED") return "settled";
  return status === "PENDING" || (status === null && row.estimatedSettlementAt !== null) ? "waiting" : "untold";
}
