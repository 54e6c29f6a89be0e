import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { paymentLines, refundLine, transactionBody } from "~/sandbox/reports/ledger-line.ts";
import { eciFor, networkAnswer } from "~/xendit/bodies/card-results.ts";
import { type JsonObject, jsonText } from "~/xendit/bodies/json.ts";
import {
  envelopeText,
  makePaymentAuthorization,
  makePaymentCapture,
  makePaymentFailure,
  type PaymentFacts,
  paymentData,
} from "~/xendit/bodies/payment-bodies.ts";
import { authenticationValue, reconciliationId, retrievalReferenceNumber } from "~/xendit/bodies/reference-numbers.ts";
import { makeRefund } from "~/xendit/bodies/refund-bodies.ts";
import { makeSessionAnswer, makeSessionExpired, type SessionFacts } from "~/xendit/bodies/session-bodies.ts";

const samples = join(import.meta.dirname, "../fixtures/xendit");
const sample = (name: string) => JSON.parse(readFileSync(join(samples, `${name}.json`), "utf8"));
const plain = (body: JsonObject) => JSON.parse(jsonText(body));

const seed: PaymentFacts = {
  businessId: "62440e322008e87fb29c1fd0",
  paymentId: "py-3f57d678-2448-4c9f-a433-8468d366fb5c",
  paymentRequestId: "pr-5593127f-8c7b-4d2f-b487-c785ffc21e2f",
  customerId: "cust-7de9a9b4-37e8-40ad-b665-d97f42e538c5",
  referenceId: "97ba0a32-b996-4abf-8a7b-6184a6644676_b8d18f2f-3",
  country: "ID",
  currency: "IDR",
  amount: "10000",
  captureMethod: "AUTOMATIC",
  createdAt: Date.parse("2024-12-18T05:46:08.192Z"),
  updatedAt: Date.parse("2024-12-18T05:46:30.627Z"),
  captures: [
    {
      captureId: "cptr-08f17fa3-e80c-4d8e-8c34-17aa3400bc1c",
      amount: "10000",
      capturedAt: Date.parse("2024-12-18T05:46:34.234Z"),
    },
  ],
  authorization: {
    reconciliationId: "7345007929096981703954",
    authorizationCode: "831000",
    acquirerMerchantId: "xendit_ctv_agg",
    networkResponseCode: "00",
    networkResponseDescriptor: networkAnswer("00").descriptor,
    networkTransactionId: "016153570198200",
    cvn: "M",
    avs: "M",
    retrievalReferenceNumber: "435205253972",
  },
  authentication: {
    flow: "CHALLENGE",
    eci: "05",
    messageVersion: "2.1.0",
    authenticationValue: "AAIBBYNoEwAAACcKhAJkdQAAAAA=",
    directoryServerTransactionId: "e537f539-d59f-4ebe-8d56-7fdc31a8e9b4",
  },
};
const deliveredAt = Date.parse("2024-12-18T05:46:35.109Z");

const session: SessionFacts = {
  businessId: "YOUR_BUSINESS_ID",
  paymentSessionId: "ps-6746c1006b7752b4d91725af",
  createdAt: Date.parse("2024-11-27T06:49:36.535Z"),
  updatedAt: Date.parse("2024-11-27T06:49:36.535Z"),
  expiresAt: Date.parse("2024-11-27T07:19:36.434Z"),
  status: "ACTIVE",
  referenceId: "YOUR_PAYMENT_REFERENCE_ID",
  sessionType: "PAY",
  currency: "IDR",
  amount: "10000",
  country: "ID",
  customerId: "XENDIT_GENERATED_CUSTOMER_ID",
  locale: "en",
  cardPaymentTokenId: "pt-a15a6c28-c65a-4ede-a6cc-10ff3b1d093e",
  successReturnUrl: "https://yourcompany.com/success",
  failureReturnUrl: "https://yourcompany.com/failure",
};

describe("bodies", () => {
  it("make the captured payment.capture again, value for value", () => {
    const text = envelopeText(makePaymentCapture(seed), deliveredAt);
    expect(JSON.parse(text)).toEqual(sample("payment.capture.cards.v3.challenge"));
  });

  it("make the payment.authorization of the same payment again, without captures", () => {
    const text = envelopeText(makePaymentAuthorization({ ...seed, captureMethod: "MANUAL" }), deliveredAt);
    expect(JSON.parse(text)).toEqual(sample("payment.authorization.cards.v3"));
  });

  it("leave authentication_data out when there was no 3-D Secure", () => {
    const { data } = makePaymentCapture({ ...seed, authentication: null });
    const { data: real } = sample("payment.capture.cards.v3.no_3ds");
    expect(Object.keys(plain(data).payment_details)).toEqual(Object.keys(real.payment_details));
    expect(Object.keys(plain(data)).sort()).toEqual(Object.keys(real).sort());
  });

  it("give a failure every field of the one example there is", () => {
    const { data } = makePaymentFailure({
      ...seed,
      failureCode: "INSUFFICIENT_BALANCE",
      description: "Payment description",
      returnUrls: { success: "https://xendit.co/success", failure: "https://xendit.co/failure" },
    });
    const keys = Object.keys(sample("payment.failure.spec_example").data);
    expect(Object.keys(plain(data))).toEqual(expect.arrayContaining(keys));
    expect(plain(data)).toMatchObject({ status: "FAILED", failure_code: "INSUFFICIENT_BALANCE" });
    expect(plain(data)).not.toHaveProperty("captures");
  });

  it("write amounts as numbers with the digits given, or as strings when told", () => {
    expect(jsonText(makePaymentCapture({ ...seed, amount: "1999.01" }).data)).toContain('"request_amount":1999.01');
    expect(jsonText(makePaymentCapture({ ...seed, stringAmounts: true }).data)).toContain('"request_amount":"10000"');
  });

  it("make the captured session answer again, value for value", () => {
    expect(plain(makeSessionAnswer(session))).toEqual(sample("session.create.response.cards_session_js"));
  });

  it("leave payment ids out of an expired session", () => {
    const expired = makeSessionExpired({ ...session, paymentRequestId: "pr-1" });
    expect(plain(expired.data)).toMatchObject({ status: "EXPIRED" });
    expect(plain(expired.data)).not.toHaveProperty("payment_request_id");
  });

  it("make a card refund with the keys of the guide's answer", () => {
    const refund = makeRefund({
      businessId: "b",
      refundId: "rfd-1",
      paymentRequestId: "pr-1",
      currency: "IDR",
      amount: "25000",
      status: "PENDING",
      reason: "REQUESTED_BY_CUSTOMER",
      referenceId: "r",
      failureCode: null,
      metadata: null,
      createdAt: 0,
      updatedAt: 0,
    });
    expect(Object.keys(plain(refund))).toEqual(Object.keys(sample("refund.response.cards.full")));
  });

  it("make transactions of the shape of the listed ones: the same members, of the same kinds", () => {
    const listed = sample("transactions.list.response").data[3];
    const kinds = (body: Record<string, unknown>) =>
      Object.fromEntries(
        Object.keys(body)
          .sort()
          .map((name) => [name, typeof body[name]]),
      );
    const [line] = paymentLines(paymentData(seed, "SUCCEEDED"), { paymentSessionId: null, now: deliveredAt });
    if (!line) throw new Error("A captured payment has no line.");
    const body = plain(transactionBody({ ...line, accountNumber: null }));
    expect(kinds(body)).toEqual(kinds(listed));
    expect(kinds(body.fee)).toEqual(kinds(listed.fee));
    expect(kinds(body.product_data)).toEqual(kinds(listed.product_data));
    const refund = makeRefund({
      businessId: "b",
      refundId: "rfd-1",
      paymentRequestId: "pr-1",
      currency: "IDR",
      amount: "25000",
      status: "SUCCEEDED",
      reason: "OTHERS",
      referenceId: "r",
      failureCode: null,
      metadata: null,
      createdAt: 0,
      updatedAt: 0,
    });
    const refunded = plain(transactionBody(refundLine(refund, "b", null)));
    expect(Object.keys(refunded).sort()).toEqual(Object.keys(listed).sort());
    expect(refunded).toMatchObject({ type: "REFUND", cashflow: "MONEY_OUT", amount: 25_000, net_amount: 25_000 });
  });
});

describe("results that hang together", () => {
  it.each([
    ["VISA", "AUTHENTICATED", "05"],
    ["VISA", "ATTEMPTED", "06"],
    ["VISA", "UNAUTHENTICATED", "07"],
    ["JCB", "AUTHENTICATED", "05"],
    ["AMEX", "ATTEMPTED", "06"],
    ["MASTERCARD", "AUTHENTICATED", "02"],
    ["MASTERCARD", "ATTEMPTED", "01"],
    ["MASTERCARD", "AUTHENTICATION_REJECTED", "00"],
  ] as const)("%s %s gives ECI %s", (network, outcome, eci) => {
    expect(eciFor(network, outcome)).toBe(eci);
  });

  it("a response code means the failure code that Xendit publishes for it", () => {
    expect(networkAnswer("51")).toMatchObject({ approved: false, failureCode: "INSUFFICIENT_BALANCE" });
    expect(networkAnswer("N7")).toMatchObject({ failureCode: "INVALID_CVV" });
    expect(networkAnswer("85")).toMatchObject({ approved: true, failureCode: null });
    expect(networkAnswer("ZZ")).toMatchObject({ approved: false, failureCode: "FAILURE_DETAILS_UNAVAILABLE" });
  });

  it("reference numbers begin as those of real payloads of the same moment", () => {
    const zero = () => 0;
    expect(retrievalReferenceNumber(Date.parse("2024-12-18T05:46:32Z"), zero)).toBe("435205000000");
    expect(retrievalReferenceNumber(Date.parse("2025-02-13T08:29:40Z"), zero)).toBe("504408000000");
    expect(reconciliationId(Date.parse("2024-12-18T05:46:32Z"), zero)).toBe("7345007920000000000000");
    expect(authenticationValue(Math.random)).toHaveLength(28);
  });
});
