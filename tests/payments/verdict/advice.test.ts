import { describe, expect, it } from "vitest";
import type { Judged } from "~/domain/payments/verdict/facts.ts";
import { type MakesSense, paymentVerdict } from "~/domain/payments/verdict/verdict.ts";
import { aFailure, aJudged, reader } from "./judged.ts";

const retry = (judged: Judged) => paymentVerdict(judged, reader).retry;
const tell = (judged: Judged) => paymentVerdict(judged, reader).tellShopper;

describe("whether a retry makes sense", () => {
  it.each<[Partial<Judged>, MakesSense, RegExp]>([
    [{}, "not-needed", /It is paid/],
    [{ flags: ["captured_in_part"] }, "not-needed", /what is missing needs a payment of its own/],
    [{ response: "10" }, "check-first", /how much was approved/],
    [{ status: "AUTHORIZED" }, "not-needed", /capture it/],
    [{ status: "CANCELED", capturedMinor: 0 }, "yes", /new payment/],
    [{ status: "CANCELED" }, "check-first", /not paid by its status, yet something was captured/],
    [{ status: "EXPIRED" }, "check-first", /yet something was captured/],
    [{ status: "FAILED" }, "check-first", /yet something was captured/],
    [{ status: "ODD" }, "check-first", /yet something was captured/],
    [{ status: "EXPIRED", capturedMinor: 0 }, "yes", /new session/],
    [{ status: "REQUIRES_ACTION", capturedMinor: 0 }, "check-first", /can still finish/],
    [
      { status: "REQUIRES_ACTION", capturedMinor: 0, expiresAt: 0 },
      "check-first",
      /may be paid without our having been told/,
    ],
    [{ status: "UNKNOWN", capturedMinor: 0 }, "check-first", /may be paid/],
    [{ status: "PENDING", capturedMinor: 0 }, "check-first", /may be paid/],
    [{ status: "ODD", capturedMinor: 0 }, "unknown", /ask Xendit/],
  ])("is told by the state: %j", (fields, makesSense, text) => {
    expect(retry(aJudged(fields))).toMatchObject({ makesSense, text: expect.stringMatching(text) });
  });

  it.each<[string, MakesSense]>([
    ["INSUFFICIENT_BALANCE", "later"],
    ["DECLINED_BY_ISSUER", "later"],
    ["CARD_DECLINED", "no"],
    ["STOLEN_CARD", "no"],
    ["SUSPECTED_FRAUDULENT", "no"],
    ["EXPIRED_CARD", "no"],
    ["INVALID_CVV", "yes"],
    ["AUTHENTICATION_FAILED", "yes"],
    ["TIMEOUT_ERROR", "check-first"],
    ["PARTNER_TIMEOUT_ERROR", "check-first"],
    ["PAYMENT_REQUEST_EXPIRED", "yes"],
    ["FAILURE_DETAILS_UNAVAILABLE", "unknown"],
    ["BRAND_NEW", "unknown"],
  ])("after %s: %s", (failureCode, makesSense) => expect(retry(aFailure({ failureCode })).makesSense).toBe(makesSense));

  it.each([
    ["03", "no", /forbids it/],
    ["21", "no", /forbids it/],
    ["40", "no", /no leave/],
    ["42", "no", /no leave/],
    ["02", "later", /After 72 hours/],
    ["24", "later", /After 1 hour/],
    ["30", "later", /After 10 days/],
  ])("the scheme's advice %s beats a softer decline", (merchantAdviceCode, makesSense, text) => {
    const judged = aFailure({
      failureCode: "DECLINED_BY_ISSUER",
      response: "05",
      verification: { merchantAdviceCode },
    });
    expect(retry(judged)).toMatchObject({
      makesSense,
      text: expect.stringMatching(text),
      source: `Merchant advice ${merchantAdviceCode}`,
    });
  });

  it("lets the stricter source win and says so", () => {
    expect(retry(aFailure({ failureCode: "PROCESSOR_ERROR", response: "41" }))).toEqual({
      makesSense: "no",
      text: "Not with this card, ever; block it where it is saved. Another card may be used. Failure code PROCESSOR_ERROR alone would allow a later attempt; the stricter counts.",
      source: "Network response 41",
    });
    const waits = aFailure({ failureCode: "STOLEN_CARD", verification: { merchantAdviceCode: "24" } });
    expect(retry(waits)).toMatchObject({ makesSense: "no", source: "Failure code STOLEN_CARD" });
    expect(retry(aFailure({ failureCode: "INVALID_CVV", response: "39" })).makesSense).toBe("no");
    expect(retry(aFailure({ failureCode: "DECLINED_BY_PROCESSOR", response: "81" })).makesSense).toBe("no");
  });

  it("names every source that says the same", () => {
    expect(retry(aFailure({ failureCode: "INSUFFICIENT_BALANCE", response: "51" })).source).toBe(
      "Network response 51 and failure code INSUFFICIENT_BALANCE",
    );
  });

  it("checks first where a hold, a conflict or an approval stands beside the failure", () => {
    const softly = { failureCode: "PROCESSOR_ERROR" };
    expect(retry(aFailure({ ...softly, flags: ["held_and_failed"] })).makesSense).toBe("check-first");
    expect(retry(aFailure({ ...softly, flags: ["conflict"] })).makesSense).toBe("check-first");
    expect(retry(aFailure({ ...softly, response: "00" })).makesSense).toBe("check-first");
  });

  it("needs none when another try of the session was paid", () => {
    expect(retry(aFailure({ siblings: [{ status: "SUCCEEDED" }] })).makesSense).toBe("not-needed");
  });
});

describe("what to tell the shopper", () => {
  it("says what was received and what went back", () => {
    expect(tell(aJudged())?.text).toBe("Your payment of 10,000.00 IDR was received on 18 Dec 2024 12:46 WIB.");
    expect(tell(aJudged({ refundedMinor: 1_000_000, flags: ["refunded_in_full"] }))?.text).toMatch(
      /All of it has been/,
    );
  });

  it.each([
    { failureCode: "INVALID_CVV" },
    { response: "82" },
    { response: "N7" },
    { failureCode: "CARD_DECLINED", cvn: "N" },
  ])("keeps a wrong CVN from the shopper and warns the operator: %j", (fields) => {
    const words = tell(aFailure(fields));
    expect(words?.text).not.toMatch(/CVN|CVV|security code/i);
    expect(words?.caution).toMatch(/Do not say that the CVN was wrong/);
  });

  it.each([
    { failureCode: "STOLEN_CARD" },
    { failureCode: "SUSPECTED_FRAUDULENT" },
    { failureCode: "DECLINED_BY_PROCESSOR", response: "81" },
    { failureCode: "AUTHENTICATION_FAILED", verification: { threeDsStatusReason: "10" } },
  ])("is neutral where the bank suspects something: %j", (fields) => {
    const words = tell(aFailure(fields));
    expect(words?.text).toMatch(/^Your bank did not approve this payment\./);
    expect(words?.caution).toMatch(/only the bank may speak of it/);
  });

  it("names no amount that is in doubt", () => {
    expect(tell(aJudged({ flags: ["conflict"] }))).toMatchObject({
      text: expect.not.stringContaining("10,000"),
      caution: expect.stringMatching(/Name no amount/),
    });
  });

  it("asks nobody to pay again before an open outcome is known", () => {
    expect(tell(aJudged({ status: "UNKNOWN", capturedMinor: 0 }))?.text).toMatch(/do not pay again/);
    expect(tell(aJudged({ status: "FAILED" }))?.text).toMatch(/do not pay again/);
    expect(tell(aJudged({ status: "EXPIRED" }))?.text).toMatch(/do not pay again/);
    expect(tell(aFailure({ failureCode: "TIMEOUT_ERROR" }))?.text).toMatch(/do not pay again/);
  });
});
