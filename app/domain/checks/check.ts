import type { FieldDifference } from "./field-differences.ts";

/** A check with Xendit as pages show it: plain data, personal values masked already. */
export interface CheckView {
  readonly checkId: string;
  /** When it was asked for, UTC milliseconds. */
  readonly at: number;
  /** The operator's e-mail. */
  readonly by: string;
  /** The id that was asked about: the payment request's, or what somebody had pasted. */
  readonly askedId: string;
  /** One sentence for the timeline and the head of the panel. */
  readonly summary: Told;
  readonly calls: readonly CheckCall[];
  /** What Xendit told that no webhook has. Of the latest check only. */
  readonly filledIn: readonly FilledIn[];
}

export interface Told {
  readonly tone: "good" | "bad" | "waiting" | "look" | "unknown";
  readonly text: string;
}

export type CheckSubject = "session" | "payment_request" | "payment" | "token";

export interface CheckCall {
  readonly subject: CheckSubject;
  readonly id: string;
  /** `null`: no answer came. */
  readonly httpStatus: number | null;
  readonly errorCode: string | null;
  /** Why nothing was read; `null` when it was. */
  readonly refusal: string | null;
  readonly requestId: string | null;
  readonly latencyMs: number;
  /** The object's status as Xendit says it. */
  readonly status: string | null;
  /** False when Xendit had answered the very same before. */
  readonly isNews: boolean;
  /** `null` when no webhook tells of this object, or for earlier checks. */
  readonly comparison: Comparison | null;
}

export interface Comparison {
  readonly eventId: string;
  readonly eventType: string;
  /** A payment's webhook stands in for the request's own, which Xendit seldom sends: only what both have is compared. */
  readonly isSharedOnly: boolean;
  /** Material ones first. */
  readonly differences: readonly FieldDifference[];
}

export interface FilledIn {
  /** "Card network" */
  readonly label: string;
  readonly value: string;
  readonly from: CheckSubject;
}

export const subjectWord: Record<CheckSubject, string> = {
  session: "Session",
  payment_request: "Payment request",
  payment: "Payment",
  token: "Saved card",
};

/** What the latest check came to, in one sentence; earlier ones have no comparison and say less. */
export function summaryOf(calls: readonly CheckCall[]): Told {
  const failed = calls.filter((call) => call.refusal !== null);
  const [first] = failed;
  if (calls.length === 0) return { tone: "unknown", text: "Nothing was asked" };
  if (first && failed.length === calls.length) return { tone: "bad", text: `Nothing was read. ${first.refusal}` };
  const differing = calls.flatMap(({ comparison }) => comparison?.differences.filter((one) => one.isMaterial) ?? []);
  const names = [...new Set(differing.map((one) => one.path.split(".").at(-1) ?? one.path))];
  const but = first ? ` The ${subjectWord[first.subject].toLowerCase()} was not read.` : "";
  if (names.length > 0) return { tone: "look", text: `Xendit tells otherwise: ${listed(names)}.${but}` };
  const said = calls.some(({ comparison }) => comparison)
    ? "Xendit agrees with what the webhooks told."
    : calls.some((call) => call.isNews)
      ? "Xendit told something new."
      : "Xendit said what it had said before.";
  return { tone: first ? "look" : "good", text: said + but };
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 3).join(", ");
  return names.length > 3 ? `${shown} and ${names.length - 3} more` : shown;
}
