import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { flagText } from "../../app/xendit/flags.ts";
import { foldCluster } from "../../app/xendit/fold.ts";
import type { Observation } from "../../app/xendit/observation.ts";
import { FLAGS, type Flag } from "../../app/xendit/projection.ts";
import { readObservation } from "../../app/xendit/read-observation.ts";
import { storedObservations } from "./arbitraries.ts";
import {
  answer,
  at,
  CPTR,
  captures,
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
  paid,
  payment,
  refund,
  requestOf,
  results,
  session,
  sessionOf,
  webhook,
} from "./factories.ts";

const itemised = captures([CPTR, 10000, "05:48"]);
const requestExpired = (updated: string) =>
  webhook(event("payment_request.expiry", payment({ payment_id: undefined, status: "EXPIRED", updated: at(updated) })));
const sessionExpired = webhook(
  event("payment_session.expired", session({ status: "EXPIRED", expires_at: at("05:45"), payment_request_id: PR })),
);
const returned = (amount: number) => webhook(event("refund.succeeded", refund({ amount })));
const voided = answer("payment", payment({ status: "CANCELED" }));
const authorizationExpired = webhook(event("payment.expiry", payment({ status: "EXPIRED" })));
const carried = webhook(event("payment.capture", { ...payment(itemised), cvn: "123" }));

interface Example {
  readonly raises: readonly (readonly [why: string, ...Observation[]])[];
  readonly spares: readonly (readonly [why: string, ...Observation[]])[];
}

const examples: Record<Flag, Example> = {
  paid_after_expiry: {
    raises: [
      ["the first capture is later than the request's expiry", paid(itemised), requestExpired("05:47")],
      ["the first capture is later than its session's expiry", paid(itemised), sessionExpired],
    ],
    spares: [
      ["it was captured before", paid(itemised), requestExpired("05:49")],
      [
        "no expiry was reported, only announced",
        paid(itemised),
        answer("session", session({ expires_at: at("01:00"), payment_request_id: PR })),
      ],
      ["nothing was paid", failed(), requestExpired("05:47")],
    ],
  },
  paid_expiry_also_reported: {
    raises: [
      ["it was captured before the expiry", paid(itemised), requestExpired("05:49")],
      ["the time of the capture is not known", paid(), requestExpired("05:47")],
    ],
    spares: [["it was captured after", paid(itemised), requestExpired("05:47")]],
  },
  late_success: {
    raises: [
      ["after FAILED", paid(), failed()],
      ["after CANCELED", paid(), voided],
      ["after EXPIRED", paid(), authorizationExpired],
      ["dated before the failure all the same", paid({ updated: at("01:00") }), failed({ updated: at("02:00") })],
    ],
    spares: [
      ["another payment failed before", paid(), failed({ payment_id: OTHER_PY })],
      ["it was held first", paid(), held()],
    ],
  },
  held_and_failed: {
    raises: [["both were seen of one payment", failed(), held()]],
    spares: [
      ["it was paid in the end", failed(), held(), paid()],
      ["two payments", failed(), held({ payment_id: OTHER_PY })],
    ],
  },
  captured_in_part: {
    raises: [["less was captured than requested", paid(captures([CPTR, 4000]))]],
    spares: [
      ["all was captured", paid(itemised)],
      ["nothing was captured yet", held()],
      ["more was captured", paid(captures([CPTR, 11000]))],
    ],
  },
  captured_not_requested: {
    raises: [
      ["less was captured", paid(captures([CPTR, 4000]))],
      ["more was captured", paid(captures([CPTR, 11000]))],
    ],
    spares: [["the amounts are the same", paid(captures([CPTR, "10000.00"]))]],
  },
  refunded_in_part: {
    raises: [["less was returned than captured", paid(itemised), returned(2500)]],
    spares: [
      ["the refund is pending", paid(itemised), answer("refund", refund({ status: "PENDING" }))],
      ["all was returned", paid(itemised), returned(10000)],
    ],
  },
  refunded_in_full: {
    raises: [
      ["all was returned", paid(itemised), returned(10000)],
      ["all that was captured in part was returned", paid(captures([CPTR, 4000])), returned(4000)],
    ],
    spares: [["more was returned", paid(itemised), returned(10001)]],
  },
  refunded_above_captured: {
    raises: [["more was returned", paid(itemised), returned(10001)]],
    spares: [["all was returned", paid(itemised), returned(10000)]],
  },
  disputed: {
    raises: [["a dispute names the payment", paid(), webhook(dispute())]],
    spares: [["a dispute names another payment", paid(), webhook(dispute({ payment_id: OTHER_PY }))]],
  },
  paid_twice: {
    raises: [
      [
        "two requests of one session were paid",
        paid(),
        paid({ payment_id: OTHER_PY, payment_request_id: OTHER_PR }),
        claim(PS, PR),
        claim(PS, OTHER_PR),
      ],
    ],
    spares: [
      [
        "one of the two failed",
        paid(),
        failed({ payment_id: OTHER_PY, payment_request_id: OTHER_PR }),
        claim(PS, PR),
        claim(PS, OTHER_PR),
      ],
      ["they have no session in common", paid(), paid({ payment_id: OTHER_PY, payment_request_id: OTHER_PR })],
    ],
  },
  conflict: {
    raises: [["one event came with two amounts", paid({ request_amount: 1 }), paid({ request_amount: 2 })]],
    spares: [["one event came with a field more", paid(), paid({ description: "x" })]],
  },
  sources_disagree: {
    raises: [
      [
        "webhook and answer tell two results",
        paid(results({ cvn: "M" })),
        answer("payment", payment(results({ cvn: "N" }))),
      ],
    ],
    spares: [["one of them tells nothing", paid(results({ cvn: "M" })), answer("payment", payment())]],
  },
  masked: {
    raises: [["a body about it carried a CVN", paid(), carried]],
    spares: [["none did", paid()]],
  },
  claimed: {
    raises: [["only the browser said so", paid(), claim(PS, PR)]],
    spares: [
      ["an answer says the same", paid(), claim(PS, PR), answer("session", session({ payment_request_id: PR }))],
    ],
  },
  eci_does_not_fit_network: {
    raises: [
      ["02 on a Visa", paid(results({ eci: "02", network: "VISA" }))],
      ["05 on a Mastercard", failed(results({ eci: "05", network: "MASTERCARD" }))],
    ],
    spares: [
      ["05 on a Visa", paid(results({ eci: "05", network: "VISA" }))],
      ["07 on a Mastercard", paid(results({ eci: "07", network: "MASTERCARD" }))],
      ["the network is not known", paid(results({ eci: "02" }))],
      ["a code nobody knows", paid(results({ eci: "99", network: "VISA" }))],
    ],
  },
  cvn_n_yet_approved: {
    raises: [
      ["paid", paid(results({ cvn: "N" }))],
      ["held", held(results({ cvn: "N" }))],
    ],
    spares: [
      ["declined", failed(results({ cvn: "N" }))],
      ["matched", paid(results({ cvn: "M" }))],
    ],
  },
  avs_n_yet_approved: {
    raises: [["paid", paid(results({ avs: "N" }))]],
    spares: [
      ["declined", failed(results({ avs: "N" }))],
      ["in part", paid(results({ avs: "Z" }))],
    ],
  },
  approved_without_3ds: {
    raises: [["the issuer's answer is there and no authentication", paid(results({ cvn: "M" }))]],
    spares: [
      ["authentication is there", paid(results({ eci: "05" }))],
      [
        "an answer has the authentication",
        paid(results({ cvn: "M" })),
        answer("payment", payment(results({ flow: "FRICTIONLESS" }))),
      ],
      ["no payment details are there to tell", paid()],
      ["it was declined", failed(results({ cvn: "M" }))],
    ],
  },
  event_and_status_disagree: {
    raises: [["payment.capture with PENDING", webhook(event("payment.capture", payment({ status: "PENDING" })))]],
    spares: [
      ["payment.capture with SUCCEEDED", paid()],
      ["an event whose name promises nothing", webhook(event("payment.brand_new", payment()))],
    ],
  },
  amount_does_not_fit_currency: {
    raises: [
      ["more decimals than the currency has", paid({ request_amount: "10.005" })],
      ["a currency we do not know", paid({ currency: "EUR" })],
    ],
    spares: [["decimals that are zeros", paid({ request_amount: "10.000" })]],
  },
};

function casesOf(cases: Example["raises"]): [why: string, members: readonly Observation[]][] {
  return cases.map(([why, ...members]) => [why, members]);
}

describe("a payment is flagged", () => {
  for (const flag of FLAGS) {
    it.each(casesOf(examples[flag].raises))(`${flag}: %s`, (_, members) => {
      const { paymentRequests } = fold(...members).projection;
      expect(paymentRequests.length).toBeGreaterThan(0);
      for (const row of paymentRequests) expect(row.flags).toContain(flag);
    });
  }
});

describe("a payment is not flagged", () => {
  for (const flag of FLAGS) {
    it.each(casesOf(examples[flag].spares))(`${flag}: %s`, (_, members) => {
      const { paymentRequests } = fold(...members).projection;
      expect(paymentRequests.length).toBeGreaterThan(0);
      for (const row of paymentRequests) expect(row.flags).not.toContain(flag);
    });
  }
});

describe("flags", () => {
  it("stand in one order and once each", () => {
    const row = requestOf(paid({ ...results({ cvn: "N", avs: "N" }), ...captures([CPTR, 4000]) }), returned(1000));
    expect(row.flags).toEqual([
      "captured_in_part",
      "refunded_in_part",
      "cvn_n_yet_approved",
      "avs_n_yet_approved",
      "approved_without_3ds",
      "captured_not_requested",
    ]);
  });

  it("are none for the plain case", () => {
    expect(requestOf(paid({ ...itemised, ...results({ eci: "05", cvn: "M", avs: "M" }) })).flags).toEqual([]);
  });

  it("of a session are its own: claimed, paid twice, conflict, masked, disagreement", () => {
    const twice = [
      paid(),
      paid({ payment_id: OTHER_PY, payment_request_id: OTHER_PR }),
      claim(PS, PR),
      claim(PS, OTHER_PR),
    ];
    expect(sessionOf(...twice).flags).toEqual(["paid_twice", "claimed"]);
    const completed = (facts: object) =>
      webhook(event("payment_session.completed", session({ status: "COMPLETED", ...facts })));
    expect(sessionOf(completed({ amount: 1 }), completed({ amount: 2 })).flags).toEqual([
      "conflict",
      "sources_disagree",
    ]);
    const carriedBySession = webhook(
      event("payment_session.completed", { ...session({ status: "COMPLETED" }), cvn: "123" }),
    );
    expect(sessionOf(completed({}), carriedBySession).flags).toEqual(["masked"]);
  });

  it("show two amounts of one refund side by side", () => {
    expect(requestOf(paid(), returned(1000), returned(2000))).toMatchObject({
      flags: expect.arrayContaining(["conflict", "sources_disagree"]),
      disagreements: [{ values: [{ value: "1000" }, { value: "2000" }] }],
    });
  });

  it("have a label, and an explanation that is a sentence", () => {
    for (const flag of FLAGS) {
      expect(flagText[flag].label).toMatch(/^\S/);
      expect(flagText[flag].explanation).toMatch(/^[A-Z].*\.$/);
    }
  });
});

describe("the generated sets", () => {
  it("reach every flag, so that the properties speak of all of them", () => {
    const seen = new Set<string>();
    for (const set of fc.sample(storedObservations, { seed: 7, numRuns: 1500 })) {
      const observations = set.map(readObservation);
      const { projection } = foldCluster(observations, []);
      for (const row of projection.paymentRequests) for (const flag of row.flags) seen.add(flag);
    }
    expect(FLAGS.filter((flag) => !seen.has(flag))).toEqual([]);
  }, 60_000);
});
