import { describe, expect, it } from "vitest";
import type { Observation } from "../../app/xendit/observation.ts";
import type { Verification } from "../../app/xendit/projection.ts";
import {
  answer,
  at,
  type Body,
  claim,
  DSPT,
  dispute,
  event,
  fold,
  ms,
  PR,
  PS,
  PT,
  PY,
  paid,
  payment,
  refund,
  session,
  token,
  webhook,
} from "./factories.ts";

const sent = (data: Body) => webhook(event("payment.failure", payment({ status: "FAILED", ...data })));
const verificationOf = (observation: Observation): Verification | undefined =>
  fold(observation).projection.payments[0]?.verification;

describe("results are read from v3 bodies", () => {
  const v3 = sent({
    payment_details: {
      network: "VISA",
      authorization_data: {
        authorization_code: "831000",
        retrieval_reference_number: "435205253972",
        reconciliation_id: "7345007929096981703954",
        network_transaction_id: "016153570198200",
        transaction_link_id: "TLID",
        acquirer_merchant_id: "xendit_ctv_agg",
        network_response_code: "00",
        network_response_code_descriptor: "Approved",
        cvn_verification_result: "M",
        address_verification_result: "Z",
      },
      authentication_data: {
        flow: "CHALLENGE",
        a_res: { eci: "05", message_version: "2.1.0", authentication_value: "AAIB", directory_server_trans_id: "e537" },
      },
    },
  });

  it("with every field of payment_details", () => {
    expect(v3.codes).toEqual({ eci: "05", cvn: "M", avs: "Z", response: "00", failureCode: null });
    expect(verificationOf(v3)).toMatchObject({
      authorizationCode: "831000",
      retrievalReferenceNumber: "435205253972",
      reconciliationId: "7345007929096981703954",
      networkTransactionId: "016153570198200",
      transactionLinkId: "TLID",
      acquirerMerchantId: "xendit_ctv_agg",
      responseDescriptor: "Approved",
      threeDsFlow: "CHALLENGE",
      threeDsVersion: "2.1.0",
      dsTransactionId: "e537",
      hasAuthenticationValue: true,
      network: "VISA",
    });
  });

  it("by the names of the declines page", () => {
    const decline = sent({
      payment_details: {
        authorization_data: {
          card_network_response_code: "65",
          card_network_descriptor: "Exceeds withdrawal count limit",
          merchant_advice_code: "28",
          merchant_advice_descriptor: "Retry after 6 days",
          three_ds_trans_status: "Y",
          three_ds_trans_status_reason: "01",
          three_ds_flow: "CHALLENGE",
          three_ds_challenge_cancel_code: "01",
        },
      },
    });
    expect(decline.codes.response).toBe("65");
    expect(verificationOf(decline)).toMatchObject({
      responseDescriptor: "Exceeds withdrawal count limit",
      merchantAdviceCode: "28",
      merchantAdviceDescriptor: "Retry after 6 days",
      threeDsStatus: "Y",
      threeDsStatusReason: "01",
      threeDsFlow: "CHALLENGE",
      challengeCancelCode: "01",
    });
  });

  it("with the specification's name of the directory server's id", () => {
    const spec = sent({ payment_details: { authentication_data: { a_res: { ds_trans_id: "sample" } } } });
    expect(verificationOf(spec)?.dsTransactionId).toBe("sample");
  });
});

describe("results are read from older bodies", () => {
  const v2Results = {
    cvv_result: "MATCH",
    address_verification_result: "MATCH",
    network_response_code: "00",
    retrieval_reference_number: "605615136945",
    three_d_secure: {
      eci_code: "05",
      three_d_secure_flow: "CHALLENGE",
      three_d_secure_result: "AUTHENTICATED",
      three_d_secure_version: "2.2.0",
    },
  };
  const v2 = (reusability: string, facts: Body = {}) =>
    webhook(
      event("payment.succeeded", {
        id: PY,
        payment_request_id: PR,
        status: "SUCCEEDED",
        amount: 100,
        currency: "USD",
        payment_method: {
          type: "CARD",
          reusability,
          card: { card_verification_results: v2Results, card_information: { network: "VISA" } },
        },
        ...facts,
      }),
    );

  it("of a card used once, in words", () => {
    const observation = v2("ONE_TIME_USE");
    expect(observation.codes).toMatchObject({ eci: "05", cvn: "MATCH", avs: "MATCH", response: "00" });
    expect(verificationOf(observation)).toMatchObject({
      threeDsFlow: "CHALLENGE",
      threeDsStatus: "AUTHENTICATED",
      threeDsVersion: "2.2.0",
      network: "VISA",
      networkFrom: "card_details",
    });
    expect(observation.material.amount).toBe("100");
  });

  it("but not those of the day a saved card was saved", () => {
    expect(v2("MULTIPLE_USE").codes).toMatchObject({ eci: null, cvn: null, response: null });
    expect(v2("MULTIPLE_USE", { card_verification_results: v2Results }).codes).toMatchObject({
      eci: "05",
      cvn: "MATCH",
    });
  });

  it("of a flat charge", () => {
    const flat = webhook({ id: "656e", status: "CAPTURED", eci: "02", cvn_code: "M", approval_code: "831000" });
    expect(flat).toMatchObject({ eventType: "(no event)", codes: { eci: "02", cvn: "M" } });
  });
});

describe("reading is tolerant", () => {
  it("of numbers for strings, strings for numbers, and blanks around a code", () => {
    const odd = sent({
      request_amount: "10000.50",
      failure_code: "CAPTURE_AMOUNT_EXCEEDED ",
      payment_details: { authorization_data: { network_response_code: 51 } },
    });
    expect(odd.material).toMatchObject({ amount: "10000.5", failureCode: "CAPTURE_AMOUNT_EXCEEDED", response: "51" });
  });

  it("of null, absent and objects or lists where text was expected", () => {
    const odd = sent({
      reference_id: null,
      currency: ["IDR"],
      captures: "none",
      payment_details: [],
      channel_properties: null,
      created: 5,
      updated: {},
    });
    expect(odd).toMatchObject({ currency: null, time: null, status: "FAILED" });
    expect(fold(odd).projection.payments).toHaveLength(1);
  });

  it("of statuses and events nobody knows, which stay as received", () => {
    const odd = webhook(event("payment.brand_new", payment({ status: "Half_Paid" })));
    expect(odd).toMatchObject({ eventType: "payment.brand_new", status: "Half_Paid" });
  });

  it("of an amount beyond any float: its digits stay", () => {
    const [row] = fold(paid({ request_amount: undefined, amount: "12345678901234567890.12" })).projection.payments;
    expect(row).toMatchObject({ amountRaw: "12345678901234567890.12", amountMinor: null });
  });

  it("of times down to the nanosecond, and of none that has no zone", () => {
    expect(paid({ updated: "2025-04-10T07:37:29.651482099Z" }).time).toBe(Date.parse("2025-04-10T07:37:29.651Z"));
    expect(paid({ updated: "2025-04-10T07:37:29" }).time).toBeNull();
    expect(paid({ updated: "soon" }).time).toBeNull();
  });

  it("of keys that are names of the language itself", () => {
    const odd = webhook(
      '{"event":"constructor","__proto__":{"status":"SUCCEEDED"},"data":{"toString":1,"status":"hasOwnProperty"}}',
    );
    expect(odd).toMatchObject({ eventType: "constructor", status: "hasOwnProperty", kind: "other" });
  });
});

describe("an observation", () => {
  it("reads ids by prefix and not by field name", () => {
    const odd = webhook(event("refund.succeeded", refund({ payment_request_id: undefined, payment_id: PR })));
    expect(odd.paymentRequestId).toBe(PR);
    const swapped = webhook(event("payment.capture", payment({ payment_id: PR, payment_request_id: PY })));
    expect(swapped).toMatchObject({ paymentRequestId: PR, primaryId: PY });
  });

  it("takes the object's own business id before the wrapping's, and an older product's owner", () => {
    expect(webhook(event("payment.capture", payment({ business_id: "inner" }))).businessId).toBe("inner");
    expect(webhook(event("payment.capture", payment({ business_id: undefined }))).businessId).toBe(
      "62440e322008e87fb29c1fd0",
    );
    expect(webhook({ id: "1", owner_id: "owner" }).businessId).toBe("owner");
  });

  it("has data.updated as its time, else updated_at, else none; never the delivery's", () => {
    expect(paid().time).toBe(ms("05:47"));
    expect(webhook(dispute()).time).toBe(ms("10:00"));
    expect(
      webhook(event("payment.capture", payment({ updated: undefined }), { created: at("06:00") })).time,
    ).toBeNull();
  });

  it("links what one payment is made of, and not the token, which many share", () => {
    const completed = webhook(
      event("payment_session.completed", session({ payment_request_id: PR, payment_id: PY, payment_token_id: PT })),
    );
    expect(completed.links).toEqual(expect.arrayContaining([PS, PR, PY]));
    expect(completed.links).not.toContain(PT);
    expect(completed.tokens).toEqual([PT]);
    expect(webhook(dispute()).links).toEqual(expect.arrayContaining([DSPT, PY]));
    const other = webhook(
      event("payment_session.completed", session({ payment_request_id: PR, payment_id: PY, payment_token_id: PT })),
    );
    expect(other.links.filter((link) => link.startsWith("key:"))).toEqual([`key:${completed.dedupeKey}`]);
  });

  it("names its kind of source when it is no event, and has no key then", () => {
    expect(answer("session", session())).toMatchObject({ eventType: "api session", kind: "session", dedupeKey: null });
    expect(claim(PS, PR)).toMatchObject({ eventType: "claim", paymentRequestId: PR, dedupeKey: null, status: null });
    expect(webhook("x")).toMatchObject({ eventType: "(unreadable)", kind: "unreadable" });
    expect(webhook(event("payment_token.activation", token()))).toMatchObject({ kind: "token", primaryId: PT });
  });

  it("has the same content whatever the delivery time of each wrapping, and another for anything else", () => {
    const twice = (outer: string, inner: string, amount = 2500) =>
      webhook(
        event("refund.succeeded", event("refund.succeeded", refund({ amount }), { created: at(inner) }), {
          created: at(outer),
        }),
      );
    expect(twice("01:00", "02:00").contentDigest).toBe(twice("03:00", "04:00").contentDigest);
    expect(twice("01:00", "02:00", 1).contentDigest).not.toBe(twice("01:00", "02:00").contentDigest);
    // A flat body has no envelope: its created is its own.
    expect(webhook({ id: "1", created: at("01:00") }).contentDigest).not.toBe(
      webhook({ id: "1", created: at("02:00") }).contentDigest,
    );
  });
});
