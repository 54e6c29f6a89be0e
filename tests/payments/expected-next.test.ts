import { describe, expect, it } from "vitest";
import type { PaymentDetail } from "~/domain/payments/find-payment.server.ts";
import { type Awaiting, expectedNext, HOLD_LIFE } from "~/domain/payments/timeline/expected-next.ts";
import { DAY, HOUR, MINUTE, SECOND } from "~/lib/time.ts";

const NOW = Date.parse("2026-03-10T12:00:00Z");

type Request = Partial<PaymentDetail["request"]>;
type Session = Partial<NonNullable<PaymentDetail["session"]>>;
type Payment = Partial<PaymentDetail["payments"][number]>;

interface Given {
  readonly request?: Request;
  readonly session?: Session;
  readonly payments?: readonly Payment[];
  readonly refunds?: readonly Partial<PaymentDetail["refunds"][number]>[];
  readonly disputes?: readonly Partial<PaymentDetail["disputes"][number]>[];
  readonly steps?: Awaiting["steps"];
}

/** Only what a rule reads has to be given: the rest is that of a paid request of which everything was told. */
function expected({ request, session, payments = [], refunds = [], disputes = [], steps = [] }: Given) {
  const paid = {
    status: "SUCCEEDED",
    missing: null,
    createdAt: NOW - HOUR,
    updatedAt: NOW - HOUR,
    capturedAt: NOW - 12 * MINUTE,
    expiresAt: null,
  };
  const awaiting = {
    request: { ...paid, ...request },
    session: session
      ? { status: "COMPLETED", createdAt: NOW - HOUR, updatedAt: null, expiresAt: null, ...session }
      : null,
    payments,
    refunds,
    disputes,
    steps,
    now: NOW,
  };
  return expectedNext(awaiting as unknown as Awaiting);
}

describe("what is expected next", () => {
  it("is nothing once everything was told", () => {
    expect(expected({ session: {} })).toEqual([]);
    expect(expected({ request: { status: "FAILED" }, session: { status: "EXPIRED" } })).toEqual([]);
  });

  it("a session webhook, after a capture", () => {
    expect(expected({ request: { missing: "session_webhook" } })).toMatchObject([
      { id: "no-session-webhook", title: "Captured 12 min ago, no session webhook yet", dueAt: null, tone: "look" },
    ]);
  });

  it("waits calmly for what is only just late, and says when Xendit's retries have ended", () => {
    const young = { missing: "session_webhook", capturedAt: NOW - 40 * SECOND } as const;
    expect(expected({ request: young })).toMatchObject([
      { title: "Captured less than a minute ago, no session webhook yet", tone: "waiting" },
    ]);
    const old = { missing: "session_webhook", capturedAt: NOW - 3 * DAY } as const;
    expect(expected({ request: old })[0]?.advice).toMatch(/retries end after about 24 hours/);
  });

  it("a session webhook, after a hold", () => {
    const request: Request = { status: "AUTHORIZED", missing: "session_webhook", capturedAt: null };
    const payments = [{ status: "AUTHORIZED", createdAt: NOW - 2 * HOUR }];
    expect(expected({ request, payments }).map(({ title }) => title)).toEqual([
      "Held 2 h ago, no session webhook yet",
      "Capture or void the hold",
    ]);
  });

  it("a payment webhook, when the session is completed", () => {
    const request: Request = { status: "UNKNOWN", missing: "payment_webhook" };
    expect(expected({ request, session: { updatedAt: NOW - 7 * MINUTE } })).toMatchObject([
      { id: "no-payment-webhook", title: "Session completed 7 min ago, no payment webhook yet" },
    ]);
  });

  it("a payment webhook, when only the API says how it ended", () => {
    expect(expected({ request: { missing: "payment_webhook" } })).toMatchObject([
      { title: "Xendit's API says paid 12 min ago, no payment webhook yet" },
    ]);
  });

  it("the shopper in 3-D Secure, for ten minutes after the request was made", () => {
    const request: Request = { status: "REQUIRES_ACTION", missing: "outcome", createdAt: NOW - 4 * MINUTE };
    expect(expected({ request })).toMatchObject([
      { id: "three-ds", title: "Waiting for the shopper in 3-D Secure", dueAt: NOW + 6 * MINUTE, tone: "waiting" },
    ]);
    expect(expected({ request: { ...request, expiresAt: NOW + MINUTE } })).toMatchObject([{ dueAt: NOW + MINUTE }]);
  });

  it("an outcome, when the time for 3-D Secure is over", () => {
    const request: Request = { status: "REQUIRES_ACTION", missing: "outcome", createdAt: NOW - 25 * MINUTE };
    expect(expected({ request })).toMatchObject([
      {
        id: "three-ds-overdue",
        title: "The time for 3-D Secure ended 15 min ago, and no outcome was told",
        dueAt: null,
      },
    ]);
  });

  it("anything at all, since the CVN was collected", () => {
    const steps = [{ stepId: 1, step: "cvn", at: NOW - 9 * MINUTE, outcome: "pr-1" }] as const;
    const request: Request = { status: "UNKNOWN", missing: "outcome" };
    expect(expected({ request, session: { status: "ACTIVE" }, steps })).toMatchObject([
      { id: "nothing-since-cvn", title: "CVN collected, nothing heard since (9 min)" },
    ]);
    const over = expected({ request, session: { status: "EXPIRED" }, steps });
    expect(over[0]?.advice).toMatch(/^Its session is over/);
  });

  it("an outcome of what is pending", () => {
    expect(expected({ request: { status: "PENDING", missing: "outcome" } })).toMatchObject([
      { id: "no-outcome", title: "No outcome yet, 1 h after it was made" },
    ]);
  });

  it("a capture or a void within seven days of a hold", () => {
    const held = (ago: number) =>
      expected({ request: { status: "AUTHORIZED" }, payments: [{ status: "AUTHORIZED", createdAt: NOW - ago }] });
    expect(held(DAY)).toMatchObject([{ id: "hold", dueAt: NOW - DAY + HOLD_LIFE, tone: "waiting" }]);
    expect(held(6.5 * DAY)).toMatchObject([{ id: "hold", tone: "look" }]);
    expect(held(8 * DAY)).toMatchObject([
      { id: "hold-lapsed", title: "The hold should have lapsed 24 h ago, and no expiry was told", dueAt: null },
    ]);
  });

  it("another try, while the session of a failed one is open; its end, once it is past its expiry", () => {
    const failed = (expiresAt: number) =>
      expected({ request: { status: "FAILED" }, session: { status: "ACTIVE", expiresAt } });
    expect(failed(NOW + MINUTE)).toMatchObject([{ id: "session-open", dueAt: NOW + MINUTE, tone: "waiting" }]);
    expect(failed(NOW - HOUR)).toMatchObject([
      { id: "session-past-expiry", title: "The session is past its expiry 1 h ago, no session webhook yet" },
    ]);
  });

  it("the end of a refund", () => {
    const refund = { refundId: "rfd-1", amountMinor: 50_000, amountRaw: "500", currency: "IDR", createdAt: NOW - HOUR };
    const refunds = [{ ...refund, status: "PENDING" }];
    expect(expected({ refunds })).toMatchObject([
      { id: "refund-pending-rfd-1", title: "Refund of 500.00 IDR asked for 1 h ago, its end not told yet" },
    ]);
    expect(expected({ refunds: [{ ...refund, status: "SUCCEEDED" }] })).toEqual([]);
  });

  it("the answer to a dispute, until it is due", () => {
    const due = (dueAt: number) => expected({ disputes: [{ disputeId: "d-1", status: "ACTION_REQUIRED", dueAt }] });
    expect(due(NOW + 5 * DAY)).toMatchObject([{ id: "dispute-due-d-1", dueAt: NOW + 5 * DAY, tone: "waiting" }]);
    expect(due(NOW + DAY)).toMatchObject([{ tone: "look" }]);
    expect(due(NOW - DAY)).toEqual([]);
  });
});
