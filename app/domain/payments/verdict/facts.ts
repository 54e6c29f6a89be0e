import { formatMoney } from "~/lib/money.ts";
import { formatDateTime, zoneName } from "~/lib/time.ts";
import { type EciFinding, findEci } from "~/xendit/codes/eci.ts";
import { responseKind } from "~/xendit/codes/response.ts";
import type { DisputeRow, Flag, PaymentRequestRow, RefundRow, SessionRow, Verification } from "~/xendit/projection.ts";

/** What a verdict is built from: the payment request's row, and what its page knows besides, when it is at hand. */
export interface Judged
  extends Pick<
    PaymentRequestRow,
    | "status"
    | "currency"
    | "amountRaw"
    | "amountMinor"
    | "capturedMinor"
    | "capturedItemised"
    | "refundedMinor"
    | "network"
    | "networkFrom"
    | "threeDsFlow"
    | "eci"
    | "cvn"
    | "avs"
    | "response"
    | "failureCode"
    | "createdAt"
    | "capturedAt"
    | "expiresAt"
    | "flags"
    | "disagreements"
  > {
  /** Of the decisive payment. */
  readonly verification?: JudgedVerification | null;
  readonly captureCount?: number;
  readonly refunds?: readonly Pick<RefundRow, "status">[];
  readonly disputes?: readonly Pick<DisputeRow, "status" | "dueAt">[];
  /** Statuses of the session's other payment requests. */
  readonly siblings?: readonly { readonly status: string }[];
  readonly session?: Pick<SessionRow, "currency" | "amountMinor"> | null;
}

export type JudgedVerification = Partial<
  Pick<Verification, "merchantAdviceCode" | "threeDsStatus" | "threeDsStatusReason" | "challengeCancelCode">
>;

/** Who reads: the zone times are written in, and the present (UTC milliseconds). */
export interface Reader {
  readonly zone: string;
  readonly now?: number;
}

/** A judged payment with what the rules ask of it, worked out once. */
export interface JudgedFacts extends Judged {
  /** Money moved or is reserved, so that somebody carries its risk. */
  readonly isApproved: boolean;
  readonly isPastExpiry: boolean;
  readonly requestedText: string;
  readonly eciFinding: EciFinding;
  readonly responseKind: ReturnType<typeof responseKind>;
  readonly has: (...flags: readonly Flag[]) => boolean;
  readonly disagreesOn: (...fields: readonly string[]) => boolean;
  readonly money: (minor: number) => string;
  readonly time: (at: number) => string;
}

export function factsOf(judged: Judged, { zone, now }: Reader): JudgedFacts {
  const { status, currency, amountMinor, amountRaw, expiresAt, flags, disagreements } = judged;
  // A field of a capture or refund is followed by its id: `captureAmount cptr-…`.
  const fields = new Set(disagreements.map(({ field }) => field.split(" ")[0]));
  return {
    ...judged,
    isApproved: status === "SUCCEEDED" || status === "AUTHORIZED",
    isPastExpiry: now !== undefined && expiresAt !== null && expiresAt < now,
    requestedText: formatMoney({ minor: amountMinor, raw: amountRaw, currency }),
    eciFinding: findEci(judged.eci, judged.network),
    responseKind: isBlank(judged.response) ? null : responseKind(judged.response),
    has: (...asked) => asked.some((flag) => flags.includes(flag)),
    disagreesOn: (...asked) => asked.some((field) => fields.has(field)),
    money: (minor) => formatMoney({ minor, currency }),
    time: (at) => `${formatDateTime(at, zone).replace(",", "")} ${zoneName(at, zone)}`,
  };
}

/** A field that did not come, or came without a value: neither is a result. */
export function isBlank(code: string | null | undefined): code is null | undefined | "" {
  return code === null || code === undefined || code.trim() === "";
}

interface Detail {
  readonly request: Omit<Judged, "verification" | "captureCount" | "refunds" | "disputes" | "siblings" | "session"> & {
    readonly paymentId: string | null;
  };
  readonly payments: readonly { readonly paymentId: string; readonly verification: JudgedVerification }[];
  readonly captureCount: number;
  readonly refunds: NonNullable<Judged["refunds"]>;
  readonly disputes: NonNullable<Judged["disputes"]>;
  readonly siblings: NonNullable<Judged["siblings"]>;
  readonly session: NonNullable<Judged["session"]> | null;
}

/** A payment's detail as a verdict wants it. */
export function judgedOf({ request, payments, captureCount, refunds, disputes, siblings, session }: Detail): Judged {
  const decisive = payments.find(({ paymentId }) => paymentId === request.paymentId);
  return {
    ...request,
    verification: decisive?.verification ?? null,
    captureCount,
    refunds,
    disputes,
    siblings,
    session,
  };
}
