import { isLosslessNumber } from "lossless-json";
import { plainDecimal } from "../../lib/money.ts";
import { parseJsonObject } from "../../xendit/bodies/json.ts";
import type { ProbeExpectation } from "./scenario-step.ts";

/**
 * What the merchant's own system says it made of a payment (docs/fault-lab.md): `GET <probe URL>?payment_request_id=…`
 * answers `{"status":"paid","fulfilled":1,"amount":25000}`, or 404 for a payment it never heard of.
 */
export interface ProbeReading {
  readonly status: string;
  /** How often the order was fulfilled. */
  readonly fulfilled: number;
  /** Decimal digits in major units, `null` when it did not say. */
  readonly amount: string | null;
}

const UNHEARD_OF: ProbeReading = { status: "unknown", fulfilled: 0, amount: null };
const MAX_STATUS_LENGTH = 40;

/** `null` when the answer is none of the two. The text is a stranger's; only what fits the shape is read. */
export function readProbe(status: number, text: string): ProbeReading | null {
  if (status === 404) return UNHEARD_OF;
  const body = status === 200 ? parseJsonObject(text) : null;
  if (!body || typeof body.status !== "string" || !isLosslessNumber(body.fulfilled)) return null;
  if (!/^\d{1,9}$/.test(body.fulfilled.value)) return null;
  return {
    status: body.status.toLowerCase().slice(0, MAX_STATUS_LENGTH),
    fulfilled: Number(body.fulfilled.value),
    amount: amountOf(body.amount),
  };
}

function amountOf(value: unknown): string | null {
  const digits = isLosslessNumber(value) ? value.value : value;
  return typeof digits === "string" ? plainDecimal(digits) : null;
}

export function isAsExpected(reading: ProbeReading, expects: ProbeExpectation): boolean {
  const isPaid = reading.status === "paid" && reading.fulfilled > 0;
  if (expects.is === "paid") return isPaid;
  if (expects.is === "paid_once") return isPaid && reading.fulfilled === 1;
  if (expects.is === "not_paid") return reading.status !== "paid" && reading.fulfilled === 0;
  return reading.amount === expects.amount && reading.fulfilled <= 1;
}

const KNOWN_STATUSES = ["paid", "pending", "authorized", "failed", "expired", "canceled", "review", "unknown"];

/** In our own words: of what the endpoint said only figures and known statuses are repeated. */
export function readingText({ status, fulfilled, amount }: ProbeReading): string {
  const word = KNOWN_STATUSES.includes(status) ? status : "another status";
  const times = fulfilled === 0 ? "not fulfilled" : fulfilled === 1 ? "fulfilled once" : `fulfilled ${fulfilled} times`;
  return `${word}, ${times}${amount === null ? "" : `, amount ${amount.slice(0, 20)}`}`;
}
