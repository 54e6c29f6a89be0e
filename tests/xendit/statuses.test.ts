import { describe, expect, it } from "vitest";
import type { Observation } from "../../app/xendit/observation.ts";
import {
  answer,
  at,
  type Body,
  claim,
  dispute,
  event,
  failed,
  fold,
  held,
  OTHER_PR,
  OTHER_PY,
  PR,
  PS,
  PY,
  paid,
  payment,
  refund,
  requestOf,
  session,
  sessionOf,
  webhook,
} from "./factories.ts";

const word = (status: string, facts: Body = {}) => answer("payment", payment({ status, ...facts }));
const paymentOf = (...members: readonly Observation[]) => fold(...members).projection.payments[0];
const request = (status: string, facts: Body = {}) =>
  answer("payment_request", payment({ payment_id: undefined, status, ...facts }));

describe("a payment's status", () => {
  const ranked = ["SUCCEEDED", "CANCELED", "EXPIRED", "FAILED", "AUTHORIZED", "REVIEWING", "PENDING"];
  const pairs = ranked.flatMap((higher, rank) => ranked.slice(rank + 1).map((lower) => [higher, lower] as const));

  it.each(pairs)("is %s over %s, however late the other is dated", (higher, lower) => {
    const members = [word(higher, { updated: at("01:00") }), word(lower, { updated: at("23:00") })];
    expect(paymentOf(...members)?.status).toBe(higher);
    expect(paymentOf(...members.reverse())?.status).toBe(higher);
  });

  it("is the later of two unknown words, as received", () => {
    expect(
      paymentOf(word("REVIEWING", { updated: at("01:00") }), word("Held_By_Bank", { updated: at("02:00") }))?.status,
    ).toBe("Held_By_Bank");
  });

  it("follows the body where the event's name says otherwise, and says so", () => {
    const row = requestOf(webhook(event("payment.capture", payment({ status: "PENDING" }))));
    expect(row.status).toBe("PENDING");
    expect(row.flags).toContain("event_and_status_disagree");
    expect(requestOf(paid()).flags).not.toContain("event_and_status_disagree");
  });
});

describe("a payment request's status", () => {
  const other = { payment_id: OTHER_PY };

  it("is SUCCEEDED when any payment is, or an answer says so", () => {
    expect(requestOf(failed(), paid(other)).status).toBe("SUCCEEDED");
    expect(requestOf(failed(), request("SUCCEEDED")).status).toBe("SUCCEEDED");
  });

  it("is AUTHORIZED when one is held and none paid", () => {
    expect(requestOf(failed(), held(other)).status).toBe("AUTHORIZED");
    expect(requestOf(request("AUTHORIZED")).status).toBe("AUTHORIZED");
  });

  it("is not kept AUTHORIZED by an answer from before the void", () => {
    const before = request("AUTHORIZED", { latest_payment_id: PY });
    expect(requestOf(before, held(), word("CANCELED")).status).toBe("CANCELED");
    expect(requestOf(request("AUTHORIZED"), held(), word("CANCELED")).status).toBe("CANCELED");
    expect(requestOf(request("AUTHORIZED", { latest_payment_id: OTHER_PY }), failed()).status).toBe("AUTHORIZED");
  });

  it("is FAILED when one failed and none is held or paid, whatever was voided", () => {
    expect(requestOf(failed(), word("CANCELED", other)).status).toBe("FAILED");
    expect(requestOf(request("FAILED")).status).toBe("FAILED");
  });

  it("is CANCELED when the request or all its payments are", () => {
    expect(requestOf(request("CANCELED")).status).toBe("CANCELED");
    expect(requestOf(word("CANCELED"), word("CANCELED", other)).status).toBe("CANCELED");
    expect(requestOf(word("CANCELED"), word("PENDING", other)).status).toBe("PENDING");
  });

  it("is EXPIRED when the request or a payment is", () => {
    expect(
      requestOf(webhook(event("payment_request.expiry", payment({ payment_id: undefined, status: "EXPIRED" })))).status,
    ).toBe("EXPIRED");
    expect(
      requestOf(webhook(event("payment.expiry", payment({ status: "EXPIRED" }))), word("PENDING", other)).status,
    ).toBe("EXPIRED");
  });

  it("is the later of unknown words when only those are known", () => {
    expect(requestOf(request("NEW", { updated: at("01:00") }), request("Newer", { updated: at("02:00") })).status).toBe(
      "Newer",
    );
    expect(requestOf(word("REVIEWING")).status).toBe("REVIEWING");
  });

  it("is the later of the waiting words an answer says", () => {
    const members = [
      request("REQUIRES_ACTION", { updated: at("01:00") }),
      request("ACCEPTING_PAYMENTS", { updated: at("02:00") }),
    ];
    expect(requestOf(...members).status).toBe("ACCEPTING_PAYMENTS");
    expect(requestOf(...members.reverse()).status).toBe("ACCEPTING_PAYMENTS");
    expect(requestOf(request("REQUIRES_ACTION"), request("NEW", { updated: at("09:00") })).status).toBe(
      "REQUIRES_ACTION",
    );
  });

  it("is UNKNOWN when only a claim or a session names it", () => {
    expect(requestOf(claim(PS, PR)).status).toBe("UNKNOWN");
    expect(requestOf(webhook(event("payment_session.completed", session({ payment_request_id: PR })))).status).toBe(
      "UNKNOWN",
    );
  });

  it("does not change for a refund, a dispute or an expiry", () => {
    const money = [webhook(event("refund.succeeded", refund({ amount: 10000 }))), webhook(dispute())];
    const expiry = webhook(event("payment_request.expiry", payment({ payment_id: undefined, status: "EXPIRED" })));
    expect(requestOf(paid(), ...money, expiry).status).toBe("SUCCEEDED");
  });
});

describe("a session's status", () => {
  const ranked = ["COMPLETED", "CANCELED", "EXPIRED", "PAUSED", "ACTIVE"];
  const pairs = ranked.flatMap((higher, rank) => ranked.slice(rank + 1).map((lower) => [higher, lower] as const));
  const said = (status: string, updated: string) => answer("session", session({ status, updated: at(updated) }));

  it.each(pairs)("is %s over %s, however late the other is dated", (higher, lower) => {
    expect(sessionOf(said(higher, "01:00"), said(lower, "23:00")).status).toBe(higher);
  });

  it("is the later of ACTIVE and PENDING", () => {
    expect(sessionOf(said("ACTIVE", "01:00"), said("PENDING", "02:00")).status).toBe("PENDING");
    expect(sessionOf(said("ACTIVE", "02:00"), said("PENDING", "01:00")).status).toBe("ACTIVE");
  });

  it("is still ACTIVE past its expiry when nobody says otherwise", () => {
    expect(sessionOf(answer("session", session({ expires_at: at("00:00") }))).status).toBe("ACTIVE");
    expect(sessionOf(claim(PS, PR)).status).toBe("ACTIVE");
  });
});

describe("a refund's status", () => {
  const said = (status: string, updated = "09:00") => answer("refund", refund({ status, updated: at(updated) }));
  const status = (...members: readonly Observation[]) => fold(...members).projection.refunds[0]?.status;

  it.each([
    ["SUCCEEDED", "FAILED"],
    ["SUCCEEDED", "CANCELLED"],
    ["FAILED", "PENDING"],
    ["CANCELLED", "PENDING"],
  ])("is %s over %s, however late the other is dated", (higher, lower) => {
    expect(status(said(higher), said(lower, "23:00"))).toBe(higher);
  });

  it("is the later of FAILED and CANCELLED", () => {
    expect(status(said("FAILED"), said("CANCELLED", "10:00"))).toBe("CANCELLED");
    expect(status(said("FAILED", "10:00"), said("CANCELLED"))).toBe("FAILED");
  });
});

describe("a dispute's status", () => {
  const said = (status: string, updated = "10:00") =>
    webhook(dispute({ event: "dispute.x", status, updated_at: at(updated) }));
  const status = (...members: readonly Observation[]) => fold(paid(), ...members).projection.disputes[0]?.status;

  it("is its latest word, back or forth", () => {
    expect(status(said("WON", "11:00"), said("ACTION_REQUIRED", "12:00"))).toBe("ACTION_REQUIRED");
    expect(status(said("WON", "12:00"), said("ACTION_REQUIRED", "11:00"))).toBe("WON");
  });

  it.each([
    ["LOST", "UNDER_REVIEW"],
    ["WON", "UNDER_REVIEW"],
    ["UNDER_REVIEW", "ACTION_REQUIRED"],
  ])("is %s over %s at one time", (higher, lower) => {
    expect(status(said(lower), said(higher))).toBe(higher);
    expect(status(said(higher), said(lower))).toBe(higher);
  });

  it("comes out the same when LOST and WON are told at one time", () => {
    expect(status(said("LOST"), said("WON"))).toBe(status(said("WON"), said("LOST")));
  });
});

describe("two payment requests of one set", () => {
  it("have each their own payments and status", () => {
    const { paymentRequests } = fold(
      failed(),
      paid({ payment_id: OTHER_PY, payment_request_id: OTHER_PR }),
      claim(PS, PR),
      claim(PS, OTHER_PR),
    ).projection;
    expect(paymentRequests.map((row) => [row.paymentRequestId, row.status, row.paymentCount])).toEqual([
      [PR, "FAILED", 1],
      [OTHER_PR, "SUCCEEDED", 1],
    ]);
  });
});
