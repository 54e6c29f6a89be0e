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

/** What a check came to, in one sentence. Earlier checks have no comparison and nothing filled in, and say less. */
export function summaryOf(calls: readonly CheckCall[], filledIn: readonly FilledIn[]): Told {
  const failed = calls.filter((call) => call.refusal !== null);
  const [first] = failed;
  if (calls.length === 0) return { tone: "unknown", text: "Nothing was asked." };
  if (first && failed.length === calls.length) return { tone: "bad", text: `Nothing was read. ${first.refusal}` };
  const but = first ? ` The ${subjectWord[first.subject].toLowerCase()} was not read.` : "";
  const differing = calls.flatMap(({ comparison }) => comparison?.differences.filter((one) => one.isMaterial) ?? []);
  if (differing.length > 0) return { tone: "look", text: `Xendit tells otherwise: ${otherwise(differing)}.${but}` };
  return { tone: first ? "look" : "good", text: agreement(calls, filledIn) + but };
}

function otherwise(differing: readonly FieldDifference[]): string {
  const said = differing.map(({ path, api, webhook }) => {
    const name = path.split(".").at(-1) ?? path;
    return api !== null && webhook !== null ? `${name} ${api}, by webhook ${webhook}` : name;
  });
  const [only, ...others] = [...new Set(said)];
  if (only && others.length === 0) return only;
  return listed([...new Set(differing.map(({ path }) => path.split(".").at(-1) ?? path))]);
}

function agreement(calls: readonly CheckCall[], filledIn: readonly FilledIn[]): string {
  const isCompared = calls.some(({ comparison }) => comparison);
  const added = listed(filledIn.map((one) => inSentence(one.label)));
  if (isCompared) return `Xendit agrees with what webhooks told${added && ` and adds what none did: ${added}`}.`;
  if (added) return `Xendit told what no webhook had: ${added}.`;
  return calls.some((call) => call.isNews) ? "Xendit told something new." : "Xendit said what it had said before.";
}

/** "Card network" becomes "card network"; ECI stays. */
function inSentence(label: string): string {
  return label.replace(/^[A-Z](?=[a-z])/, (letter) => letter.toLowerCase());
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 3).join(", ");
  return names.length > 3 ? `${shown} and ${names.length - 3} more` : shown;
}
