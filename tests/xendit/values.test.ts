import { describe, expect, it } from "vitest";
import { foldCluster } from "../../app/xendit/fold.ts";
import type { Observation } from "../../app/xendit/observation.ts";
import {
  answer,
  at,
  type Body,
  CPTR,
  captures,
  claim,
  DSPT,
  dispute,
  event,
  failed,
  fold,
  held,
  ms,
  OTHER_CPTR,
  OTHER_PR,
  OTHER_PY,
  PR,
  PS,
  PT,
  PY,
  paid,
  payment,
  RFD,
  refund,
  requestOf,
  results,
  session,
  sessionOf,
  token,
  webhook,
} from "./factories.ts";

describe("the decisive payment", () => {
  const other = { payment_id: OTHER_PY };

  it("is the one of highest rank, and its codes stand for the request", () => {
    const row = requestOf(
      failed({ ...results({ cvn: "N", response: "82" }), created: at("09:00") }),
      paid({ ...other, ...results({ cvn: "M" }) }),
    );
    expect(row).toMatchObject({ paymentId: OTHER_PY, cvn: "M", response: "00", paymentCount: 2 });
  });

  it("is among equals the latest created, then the greatest id", () => {
    expect(requestOf(failed({ created: at("09:00") }), failed({ ...other, created: at("08:00") })).paymentId).toBe(PY);
    expect(requestOf(failed({ created: at("08:00") }), failed({ ...other, created: at("09:00") })).paymentId).toBe(
      OTHER_PY,
    );
    expect(requestOf(failed(), failed(other)).paymentId).toBe(OTHER_PY);
    expect(requestOf(failed(), failed({ ...other, created: undefined })).paymentId).toBe(PY);
  });
});

describe("a value", () => {
  it("comes from a webhook before an API answer, however new the answer", () => {
    const row = requestOf(
      paid(results({ cvn: "M" })),
      answer("payment", payment({ ...results({ cvn: "N" }), updated: at("23:00") })),
    );
    expect(row.cvn).toBe("M");
  });

  it("comes from the greater time within one source, and from any time before none", () => {
    const early = paid({ ...results({ avs: "M" }), updated: at("01:00") });
    const late = held({ ...results({ avs: "Z" }), updated: at("02:00") });
    expect(requestOf(early, late).avs).toBe("Z");
    expect(requestOf(late, early).avs).toBe("Z");
    expect(requestOf(early, held({ ...results({ avs: "Z" }), updated: undefined })).avs).toBe("M");
  });

  it("is the first that is there: a source that says nothing does not hide one that does", () => {
    const row = requestOf(paid(), answer("payment", payment(results({ eci: "05", cvn: "M" }))));
    expect(row).toMatchObject({ eci: "05", cvn: "M" });
  });

  it("is decided by content when source and time are the same", () => {
    const [one, other] = [paid(results({ avs: "M" })), held(results({ avs: "Z" }))];
    const expected = one.contentDigest < other.contentDigest ? "M" : "Z";
    expect(requestOf(one, other).avs).toBe(expected);
    expect(requestOf(other, one).avs).toBe(expected);
  });

  it("keeps a code sent blank apart from one not sent, and lets it give way to a code", () => {
    expect(requestOf(paid(results({ cvn: "" }))).cvn).toBe("");
    expect(requestOf(paid(results({}))).cvn).toBeNull();
    expect(requestOf(paid({ ...results({ cvn: "" }), updated: at("09:00") }), held(results({ cvn: "M" }))).cvn).toBe(
      "M",
    );
  });

  it("that two sources tell differently is shown with both, sorted", () => {
    const row = requestOf(answer("payment", payment(results({ cvn: "N" }))), paid(results({ cvn: "M" })));
    expect(row.flags).toContain("sources_disagree");
    expect(row.disagreements).toEqual([
      {
        field: "cvn",
        paymentId: PY,
        values: [
          { value: "M", source: "webhook" },
          { value: "N", source: "api" },
        ],
      },
    ]);
  });

  it("spelled in two known ways is no disagreement", () => {
    const row = requestOf(
      paid({
        ...results({ flow: "CHALLENGE", network: "Mastercard" }),
        reference_id: "order-1_b8d18f2f-3",
        request_amount: 10000,
      }),
      answer(
        "payment",
        payment({
          ...results({ flow: "FULL_AUTH", network: "MASTERCARD" }),
          reference_id: "order-1",
          request_amount: "10000.00",
        }),
      ),
    );
    expect(row.disagreements).toEqual([]);
  });

  it("of another payment is no disagreement, but an amount the request says otherwise is", () => {
    const other = paid({ payment_id: OTHER_PY, ...results({ cvn: "N" }) });
    expect(requestOf(failed(results({ cvn: "M" })), other).disagreements).toEqual([]);
    const request = answer("payment_request", payment({ payment_id: undefined, request_amount: 9999 }));
    expect(requestOf(paid(), request).disagreements).toMatchObject([{ field: "amount", paymentId: null }]);
  });

  it("that only the session knows stands in for a request nothing else is known of", () => {
    const row = requestOf(answer("session", session({ business_id: "b1" })), claim(PS, PR));
    expect(row).toMatchObject({ businessId: "b1", referenceId: "order-1", currency: "IDR", amountMinor: 1_000_000 });
  });
});

describe("captures", () => {
  it("are united by capture id and counted once, from whatever source they come", () => {
    const row = requestOf(
      paid({ ...captures([CPTR, 4000]), capture_method: "MANUAL" }),
      webhook(event("payment.capture", payment({ ...captures([OTHER_CPTR, "3000.50"]), capture_method: "MANUAL" }))),
      answer("payment", payment({ ...captures([CPTR, 4000], [OTHER_CPTR, 3000.5]), capture_method: "MANUAL" })),
    );
    expect(row).toMatchObject({ capturedMinor: 700_050, capturedItemised: true });
  });

  it("not itemised are the requested amount when captured automatically or without a method", () => {
    expect(requestOf(paid())).toMatchObject({ capturedMinor: 1_000_000, capturedItemised: false });
    expect(requestOf(paid({ capture_method: undefined }))).toMatchObject({
      capturedMinor: 1_000_000,
      capturedItemised: false,
    });
  });

  it("not itemised are unknown when captured by hand", () => {
    expect(requestOf(paid({ capture_method: "MANUAL" }))).toMatchObject({ capturedMinor: null });
  });

  it("are none where nothing succeeded", () => {
    expect(requestOf(held())).toMatchObject({ capturedMinor: 0, capturedItemised: true });
    expect(requestOf(failed())).toMatchObject({ capturedMinor: 0 });
  });

  it("are the requested amount when only an answer calls the request paid", () => {
    const answered = answer("payment_request", payment({ payment_id: undefined }));
    expect(requestOf(answered)).toMatchObject({
      status: "SUCCEEDED",
      capturedMinor: 1_000_000,
      capturedItemised: false,
    });
    expect(requestOf(answered, failed())).toMatchObject({ capturedMinor: 1_000_000 });
  });

  it("have each their own time, whatever data.updated says; the first is the request's", () => {
    const { projection } = fold(paid(captures([CPTR, 4000, "11:00"], [OTHER_CPTR, 6000, "10:00"])));
    expect(projection.captures.map((row) => [row.captureId, row.capturedAt])).toEqual([
      [CPTR, ms("11:00")],
      [OTHER_CPTR, ms("10:00")],
    ]);
    expect(projection.paymentRequests).toMatchObject([{ capturedAt: ms("10:00"), updatedAt: ms("05:47") }]);
  });

  it("without a time leave it unknown rather than guess", () => {
    expect(requestOf(paid({ captures: [{ capture_id: CPTR, capture_amount: 10000 }] })).capturedAt).toBeNull();
    expect(requestOf(paid()).capturedAt).toBeNull();
  });

  it("of one id told with two amounts are counted once, and the contradiction is shown", () => {
    const row = requestOf(paid(captures([CPTR, 4000])), answer("payment", payment(captures([CPTR, 5000]))));
    expect(row.capturedMinor).toBe(400_000);
    expect(row.disagreements).toMatchObject([{ field: `captureAmount ${CPTR}`, paymentId: PY }]);
  });

  it("that do not fit their currency make the sum unknown instead of smaller", () => {
    const row = requestOf(paid(captures([CPTR, "10.005"], [OTHER_CPTR, 5000])));
    expect(row.capturedMinor).toBeNull();
    expect(row.flags).toContain("amount_does_not_fit_currency");
  });
});

describe("times", () => {
  it("created is the earliest data.created, never the envelope's", () => {
    const row = requestOf(
      webhook(event("payment.capture", payment({ created: at("05:46") }), { created: at("01:00") })),
      held({ created: at("05:45") }),
    );
    expect(row).toMatchObject({ createdAt: ms("05:45"), sortAt: ms("05:45") });
  });

  it("unknown stay unknown, and lists then order by the earliest business time there is", () => {
    expect(requestOf(paid({ created: undefined }))).toMatchObject({ createdAt: null, sortAt: ms("05:47") });
    expect(requestOf(claim(PS, PR), answer("session", session()))).toMatchObject({
      createdAt: null,
      sortAt: ms("05:40"),
    });
    expect(requestOf(claim(PS, PR))).toMatchObject({ createdAt: null, sortAt: 0 });
  });
});

describe("refunds", () => {
  const succeeded = (facts: Body = {}) => webhook(event("refund.succeeded", refund(facts)));

  it("add up when they succeeded, each once", () => {
    const row = requestOf(
      paid(),
      succeeded(),
      answer("refund", refund()),
      succeeded({ id: "rfd-2", amount: "1000.50" }),
      answer("refund", refund({ id: "rfd-3", status: "PENDING" })),
      webhook(event("refund.failed", refund({ id: "rfd-4", status: "FAILED" }))),
    );
    expect(row.refundedMinor).toBe(350_050);
  });

  it("find their payment by a pr- that stands in payment_id, and by its py-", () => {
    expect(requestOf(paid(), succeeded({ payment_request_id: undefined, payment_id: PR })).refundedMinor).toBe(250_000);
    expect(requestOf(paid(), succeeded({ payment_request_id: undefined, payment_id: PY })).refundedMinor).toBe(250_000);
  });

  it("are read when wrapped twice", () => {
    const wrapped = webhook(event("refund.succeeded", event("refund.succeeded", refund())));
    expect(fold(wrapped).projection.refunds).toMatchObject([
      { refundId: RFD, paymentRequestId: PR, status: "SUCCEEDED" },
    ]);
  });

  it("in another currency are in no sum", () => {
    expect(requestOf(paid(), succeeded({ currency: "PHP" })).refundedMinor).toBe(0);
  });

  it("that name two requests have one row", () => {
    const { refunds } = fold(succeeded(), answer("refund", refund({ payment_request_id: OTHER_PR }))).projection;
    expect(refunds).toMatchObject([{ refundId: RFD, paymentRequestId: PR }]);
  });
});

describe("disputes", () => {
  it("have the amount, due date and reason of the latest word", () => {
    const { disputes } = fold(
      paid(),
      webhook(dispute()),
      webhook(
        dispute({
          event: "dispute.won",
          status: "WON",
          status_reason: "CHALLENGED",
          updated_at: at("12:00"),
          due_date: at("23:30"),
        }),
      ),
    ).projection;
    expect(disputes).toMatchObject([
      {
        disputeId: DSPT,
        paymentRequestId: PR,
        status: "WON",
        statusReason: "CHALLENGED",
        amountMinor: 1_000_000,
        dueAt: ms("23:30"),
      },
    ]);
  });

  it("wait for the payment they name", () => {
    expect(fold(webhook(dispute())).projection.disputes).toEqual([]);
    expect(fold(webhook(dispute()), paid()).projection.disputes).toHaveLength(1);
  });
});

describe("the network", () => {
  const cardToken = webhook(event("payment_token.activation", token()));
  const network = (facts: Body, ...others: readonly Observation[]) =>
    foldCluster([paid({ payment_token_id: PT, ...facts }), ...others], [cardToken]).projection.paymentRequests[0];

  it("comes from the payment's details, then the card's, then the token, then a dispute", () => {
    const card = { channel_properties: { card_details: { network: "JCB" } } };
    expect(network({ ...card, ...results({ network: "MASTERCARD" }) })).toMatchObject({
      network: "MASTERCARD",
      networkFrom: "payment_details",
    });
    expect(network(card)).toMatchObject({ network: "JCB", networkFrom: "card_details" });
    expect(network({}, webhook(dispute({ card_brands: "AMEX" })))).toMatchObject({
      network: "VISA",
      networkFrom: "token",
    });
    expect(requestOf(paid(), webhook(dispute({ card_brands: "AMEX" })))).toMatchObject({
      network: "AMEX",
      networkFrom: "dispute",
    });
    expect(requestOf(paid())).toMatchObject({ network: null, networkFrom: null });
  });

  it("told differently in two places is a disagreement", () => {
    expect(network(results({ network: "MASTERCARD" }))?.disagreements).toMatchObject([{ field: "network" }]);
  });

  it("comes from the saved card of the session, which the payment does not name", () => {
    const members = [
      paid(),
      claim(PS, PR),
      answer("session", session({ cards_session_js: { card_payment_token_id: PT } })),
    ];
    const [row] = foldCluster(members, [cardToken]).projection.paymentRequests;
    expect(row).toMatchObject({ network: "VISA", networkFrom: "token", paymentTokenId: PT });
    const [payment] = foldCluster(members, [cardToken]).projection.payments;
    expect(payment?.verification.maskedCardNumber).toBe("400000XXXXXX1091");
  });
});

describe("a session", () => {
  const completed = webhook(
    event("payment_session.completed", session({ status: "COMPLETED", payment_request_id: PR })),
  );

  it("is linked as claimed until a webhook or an answer says the same", () => {
    const opened = answer("session", session());
    expect(requestOf(opened, claim(PS, PR), paid())).toMatchObject({ paymentSessionId: PS, sessionLink: "claimed" });
    expect(sessionOf(opened, claim(PS, PR))).toMatchObject({ paymentRequestId: PR, paymentRequestLink: "claimed" });
    expect(requestOf(opened, claim(PS, PR), completed)).toMatchObject({ sessionLink: "confirmed" });
    expect(requestOf(claim(PS, PR), answer("session", session({ payment_request_id: PR })))).toMatchObject({
      sessionLink: "confirmed",
    });
  });

  it("keeps its confirmed request's results when a claim names another session", () => {
    const other = "ps-7746c1006b7752b4d91725af";
    expect(fold(completed, claim(other, PR)).projection.paymentRequests).toMatchObject([{ paymentSessionId: PS }]);
  });

  it("shows the paid request first, else the latest", () => {
    const retry = { payment_id: OTHER_PY, payment_request_id: OTHER_PR, created: at("06:00") };
    const tries = [claim(PS, PR), claim(PS, OTHER_PR)];
    expect(sessionOf(...tries, paid(results({ cvn: "M" })), failed(retry))).toMatchObject({
      paymentRequestId: PR,
      cvn: "M",
      paymentRequestCount: 2,
    });
    expect(sessionOf(...tries, failed(), failed(retry))).toMatchObject({ paymentRequestId: OTHER_PR });
    expect(sessionOf(...tries, failed())).toMatchObject({ paymentRequestId: OTHER_PR });
  });

  it("lends its request to its own events that name none", () => {
    const expired = webhook(event("payment_session.expired", session({ status: "EXPIRED" })));
    expect(fold(expired, claim(PS, PR)).states[0]).toMatchObject({ state: "processed", paymentRequestId: PR });
  });
});

describe("identifiers", () => {
  const find = (value: string, ...members: readonly Observation[]) =>
    fold(...members)
      .projection.identifiers.filter((row) => row.value === value.toLowerCase())
      .map((row) => [row.kind, row.target]);

  it("lead from any id to the payment request", () => {
    const members = [
      paid({
        ...captures([CPTR, 10000]),
        reference_id: "Order-7_b8d18f2f-3",
        customer_id: "cust-1",
        payment_token_id: PT,
      }),
      webhook(event("refund.succeeded", refund())),
      webhook(dispute()),
      claim(PS, PR),
    ];
    for (const [value, kind] of [
      [PR, "payment_request"],
      [PY, "payment"],
      [PS, "session"],
      [CPTR, "capture"],
      [RFD, "refund"],
      [DSPT, "dispute"],
      [PT, "token"],
      ["cust-1", "customer"],
      ["Order-7_b8d18f2f-3", "reference"],
      ["order-7", "reference"],
    ] as const) {
      expect(find(value, ...members)).toContainEqual([kind, PR]);
    }
  });

  it("lead from a card's last four digits, an RRN and an authorization code too", () => {
    const members = [
      paid({
        channel_properties: {
          card_details: { masked_card_number: "4000****1091", cardholder_email: "Jane@Example.com" },
        },
        payment_details: {
          authorization_data: { retrieval_reference_number: "435205253972", authorization_code: "831000" },
        },
      }),
    ];
    expect(find("1091", ...members)).toEqual([["card", PR]]);
    expect(find("435205253972", ...members)).toEqual([["rrn", PR]]);
    expect(find("831000", ...members)).toEqual([["authorization_code", PR]]);
    expect(find("jane@example.com", ...members)).toEqual([["email", PR]]);
  });

  it("keep both values of a disagreement", () => {
    const members = [paid({ reference_id: "one" }), answer("payment", payment({ reference_id: "two" }))];
    expect([find("one", ...members), find("two", ...members)]).toEqual([[["reference", PR]], [["reference", PR]]]);
  });

  it("lead to a session only while it has no payment request, and never to another try's ids", () => {
    expect(find(PS, answer("session", session()))).toEqual([["session", PS]]);
    const completed = webhook(event("payment_session.completed", session({ payment_request_id: OTHER_PR })));
    expect(find(OTHER_PR, completed, claim(PS, PR))).toEqual([["payment_request", OTHER_PR]]);
    expect(find(PS, completed, claim(PS, PR))).toEqual([
      ["session", PR],
      ["session", OTHER_PR],
    ]);
  });
});

describe("a body that itemises fifty thousand captures", () => {
  // Seconds when the time grows with the length, the better part of an hour when it grows with its square.
  it("is folded in time that grows with its length only", () => {
    const many = Array.from({ length: 50_000 }, (_, n) => ({ capture_id: `c${n}`, capture_amount: 1 }));
    expect(requestOf(paid({ captures: many }), held({ captures: many })).capturedMinor).toBe(5_000_000);
  }, 120_000);
});
