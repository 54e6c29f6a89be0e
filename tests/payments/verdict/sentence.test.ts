import { describe, expect, it } from "vitest";
import type { Judged } from "~/domain/payments/verdict/facts.ts";
import { paymentVerdict, verdictText } from "~/domain/payments/verdict/verdict.ts";
import { aFailure, aJudged, reader } from "./judged.ts";

const say = (judged: Judged) => verdictText(paymentVerdict(judged, reader));

describe("the verdict's sentence", () => {
  it("says what became of a payment in full", () => {
    expect(say(aJudged())).toBe(
      "Paid 10,000.00 IDR on 18 Dec 2024 12:46 WIB. 3-D Secure was completed, so fraud liability usually lies with the issuer. The CVN matched; AVS matched.",
    );
  });

  it("links every clause to its evidence", () => {
    expect(paymentVerdict(aJudged(), reader).clauses.map(({ evidence }) => evidence?.href)).toEqual([
      "#captures",
      "#verification-threeds",
      "#verification-eci",
      "#verification-cvn",
      "#verification-avs",
    ]);
  });

  it.each<[Partial<Judged>, RegExp]>([
    [{ capturedMinor: null }, /^Paid, with 10,000\.00 IDR requested; how much was captured is not known\./],
    [{ capturedItemised: false, capturedAt: null }, /^Paid 10,000\.00 IDR; the capture was not itemised/],
    [{ capturedMinor: 0 }, /^Reported as paid, but nothing of the 10,000\.00 IDR/],
    [{ capturedMinor: 400_000 }, /^Paid in part: 4,000\.00 IDR of the 10,000\.00 IDR requested was captured on 18 Dec/],
    [{ capturedMinor: 1_200_000 }, /^Paid 12,000\.00 IDR on .* which is more than the 10,000\.00 IDR requested\./],
    [{ captureCount: 2 }, /^Paid 10,000\.00 IDR in 2 captures, the first on 18 Dec 2024 12:46 WIB\./],
    [{ amountMinor: null, amountRaw: "10000.005" }, /what was requested \(10000\.005 IDR\) cannot be compared/],
    [{ status: "AUTHORIZED", capturedMinor: 0 }, /^Held 10,000\.00 IDR on the card; nothing is captured yet\./],
    [{ status: "AUTHORIZED", capturedMinor: 400_000 }, /^Held .*; 4,000\.00 IDR of it was captured/],
    [{ status: "CANCELED", capturedMinor: 0 }, /^Voided: 10,000\.00 IDR was never captured\./],
    [{ status: "CANCELED" }, /^Voided, although 10,000\.00 IDR was captured\./],
    [{ status: "EXPIRED", capturedMinor: 400_000 }, /^Expired, although 4,000\.00 IDR was captured\./],
    [{ status: "FAILED", capturedMinor: 400_000 }, /^Reported as failed, although 4,000\.00 IDR was captured\./],
    [{ status: "ODD", capturedMinor: 400_000 }, /does not count as paid\..* Yet 4,000\.00 IDR was captured\.$/],
    [{ status: "EXPIRED", capturedMinor: 0 }, /^Expired unpaid: 10,000\.00 IDR was not paid in time\./],
    [
      { status: "EXPIRED", capturedMinor: 0, expiresAt: Date.parse("2024-12-18T06:00:00Z") },
      /not paid by 18 Dec 2024 13:00 WIB\./,
    ],
    [
      { status: "REQUIRES_ACTION", capturedMinor: 0 },
      /^Waiting for the shopper to confirm 10,000\.00 IDR by 3-D Secure\./,
    ],
    [{ status: "REQUIRES_ACTION", capturedMinor: 0, expiresAt: 0 }, /^Not finished: .* the time ran out on 1 Jan 1970/],
    [{ status: "PENDING", capturedMinor: 0 }, /^Waiting: no outcome/],
    [{ status: "ACCEPTING_PAYMENTS", capturedMinor: 0 }, /^Waiting: no outcome/],
    [
      { status: "UNKNOWN", capturedMinor: 0 },
      /^No payment webhook yet: only the browser or a session names this payment/,
    ],
    [
      { status: "ODD", capturedMinor: 0 },
      /^Xendit says “ODD”, a status Paydesk does not know; it does not count as paid\./,
    ],
  ])("tells the outcome of %j", (fields, expected) => expect(say(aJudged(fields))).toMatch(expected));

  it.each<[Partial<Judged>, RegExp]>([
    [{}, /failed\. No reason was given\.$/],
    [
      { failureCode: "INSUFFICIENT_BALANCE", response: "51" },
      /insufficient balance \(INSUFFICIENT_BALANCE\)\. The network answered 51, insufficient funds\.$/,
    ],
    [{ failureCode: "BRAND_NEW" }, /The reason given, “BRAND_NEW”, is not in our table\.$/],
    [{ failureCode: "CARD_DECLINED", response: "ZZ" }, /The network answered “ZZ”, which is not in our table\.$/],
    [
      { failureCode: "CARD_DECLINED", response: "51" },
      /maps 51 to INSUFFICIENT_BALANCE, which is not the reason given\.$/,
    ],
    [{ failureCode: "CARD_DECLINED", response: "00" }, /answered 00, approved, which does not go with a failure\./],
    [
      { verification: { threeDsStatus: "R", threeDsStatusReason: "10" } },
      /reason: stolen card \(10\)\. 3-D Secure: rejected by issuer \(R\)\.$/,
    ],
    [{ verification: { challengeCancelCode: "01" } }, /The challenge: cardholder cancelled\.$/],
    [{ verification: { merchantAdviceCode: "25" } }, /The scheme advises \(25\) to try again after 24 hours\.$/],
    [{ verification: { merchantAdviceCode: "03" } }, /The scheme advises \(03\) not to try again\.$/],
    [{ verification: { merchantAdviceCode: "77" } }, /The scheme's advice, “77”, is not in our table\.$/],
    [{ siblings: [{ status: "SUCCEEDED" }] }, /Another try of this session was paid\.$/],
  ])("tells why it failed: %j", (fields, expected) => expect(say(aFailure(fields))).toMatch(expected));

  it.each<[Partial<Judged>, RegExp]>([
    [{ threeDsFlow: "FRICTIONLESS" }, /completed without a challenge, so fraud liability usually lies with the issuer/],
    [{ eci: "07" }, /not authenticated by 3-D Secure, so fraud liability usually lies with the merchant/],
    [{ eci: "02", network: "MASTERCARD" }, /completed, so fraud liability usually lies with the issuer/],
    [{ eci: "07", network: "MASTERCARD" }, /with the issuer, for the first of the series/],
    [{ eci: "05", network: "MASTERCARD" }, /does not fit Mastercard, so who carries fraud liability cannot be told/],
    [{ eci: "06", network: null }, /lies with the issuer \(Visa, Amex and JCB\) or the merchant \(Mastercard\)\./],
    [{ eci: "05", network: null }, /ECI 05 is used on Visa, Amex and JCB only; the network itself was not told\./],
    [{ eci: "05", network: "GPN" }, /no ECI table of GPN, .*cannot be told/],
    [{ eci: "99" }, /ECI “99” is not in our table, so who carries fraud liability cannot be told/],
    [{ eci: null }, /ran \(challenge\), but no ECI was sent, so who/],
    [
      { eci: null, threeDsFlow: null, flags: ["approved_without_3ds"] },
      /approved without 3-D Secure, so fraud liability usually lies with the merchant/,
    ],
    [{ eci: null, threeDsFlow: null }, /No 3-D Secure results were sent, so who carries/],
    [
      { verification: { threeDsStatus: "N" } },
      /status is N \(not authenticated\), which does not go with ECI 05, so who/,
    ],
    [
      { disagreements: [{ field: "network", paymentId: null, values: [] }] },
      /Sources disagree on the ECI or the card's network, so who/,
    ],
  ])("claims no more of liability than the codes carry: %j", (fields, expected) =>
    expect(say(aJudged(fields))).toMatch(expected),
  );

  it("speaks of liability only where money moved or is held", () => {
    expect(say(aJudged({ status: "AUTHORIZED" }))).toMatch(/liability/);
    expect(say(aFailure({ eci: "05", failureCode: "CARD_DECLINED" }))).not.toMatch(/liability/);
    expect(say(aJudged({ status: "CANCELED", capturedMinor: 0 }))).not.toMatch(/liability/);
  });

  it.each<[Partial<Judged>, RegExp]>([
    [{ cvn: "N" }, /The CVN did not match, yet the issuer approved; AVS matched\.$/],
    [{ cvn: "NO_MATCH" }, /The CVN did not match, yet/],
    [{ cvn: null, avs: null }, /No CVN result was sent; no AVS result was sent\.$/],
    [{ cvn: "", avs: "N" }, /The CVN result was sent without a value; AVS did not match, yet the issuer approved\.$/],
    [{ cvn: "Q" }, /The CVN result “Q” is not in our table; AVS matched\.$/],
    [{ avs: "MATCH" }, /AVS matched\.$/],
  ])("tells what was checked: %j", (fields, expected) => expect(say(aJudged(fields))).toMatch(expected));

  it.each<[Partial<Judged>, RegExp]>([
    [{ refundedMinor: 250_000, flags: ["refunded_in_part"] }, /Refunded in part: 2,500\.00 IDR\.$/],
    [{ refundedMinor: 1_000_000, flags: ["refunded_in_full"] }, /Refunded in full: 10,000\.00 IDR\.$/],
    [{ refundedMinor: 1_100_000, flags: ["refunded_above_captured"] }, /Refunded 11,000\.00 IDR, more than/],
    [{ refunds: [{ status: "PENDING" }] }, /A refund is under way\.$/],
    [
      { disputes: [{ status: "ACTION_REQUIRED", dueAt: Date.parse("2024-12-25T05:00:00Z") }], flags: ["disputed"] },
      /The cardholder disputes it; an answer is due by 25 Dec 2024 12:00 WIB\.$/,
    ],
    [{ disputes: [{ status: "LOST", dueAt: null }], flags: ["disputed"] }, /A dispute of it was lost\.$/],
    [{ flags: ["disputed"] }, /The cardholder disputes it\.$/],
    [{ flags: ["paid_twice"] }, /Another payment request of this session was paid too, and both count/],
    [{ flags: ["late_success"] }, /the success counts\.$/],
    [{ flags: ["paid_after_expiry"] }, /The money came after the expiry/],
    [{ flags: ["conflict"] }, /contradict each other/],
    [{ flags: ["claimed"] }, /Only the browser's word/],
    [
      { flags: ["sources_disagree"], disagreements: [{ field: "amount", paymentId: null, values: [] }] },
      /Sources disagree on the amount\.$/,
    ],
  ])("adds what else must be known: %j", (fields, expected) => expect(say(aJudged(fields))).toMatch(expected));

  it.each([
    ["Asia/Jakarta", "12:46 WIB"],
    ["Asia/Makassar", "13:46 WITA"],
    ["Asia/Jayapura", "14:46 WIT"],
    ["Asia/Manila", "13:46 GMT+8"],
    ["UTC", "05:46 UTC"],
  ])("writes times in %s as %s", (zone, expected) => {
    expect(verdictText(paymentVerdict(aJudged(), { zone }))).toContain(`18 Dec 2024 ${expected}.`);
  });
});
