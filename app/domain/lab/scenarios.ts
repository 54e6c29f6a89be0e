import { isJsonObject, type Json, type JsonObject } from "../../xendit/bodies/json.ts";
import { type Envelope, envelopeText } from "../../xendit/bodies/payment-bodies.ts";
import type { LabPoint, LabScenario } from "./lab.ts";
import { type LabPayment, labPayment } from "./lab-payment.ts";
import { labChance, seedTime } from "./lab-seed.ts";
import type { LabProbe, LabStep, MadeScenario, ProbeExpectation } from "./scenario-step.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const BURST = 20;

/** How long a system may take to make up its mind about what it was told. */
const PATIENCE_MS = 4_000;
/** Finding a payment through the API takes a system that polls somewhat longer. */
const SEARCH_MS = 15_000;

/** What one scenario sends when run with this seed: the same bytes and ids each time, in every installation. */
export function makeScenario(scenario: LabScenario, seed: number): MadeScenario {
  return makers[scenario](bench(scenario, seed));
}

/** What a scenario is made with. */
interface Bench {
  readonly now: number;
  payment(name: string, ago?: number): LabPayment;
  step(about: string, event: Event, change?: Partial<LabStep>): LabStep;
}

interface Event {
  readonly envelope: Envelope;
  /** Events of the same name have the same webhook-id. */
  readonly name: string;
  /** The envelope's `created`. */
  readonly sentAt?: number;
}

function bench(scenario: LabScenario, seed: number): Bench {
  const chance = labChance(seed, scenario);
  const now = seedTime(seed);
  return {
    now,
    payment: (name, ago) => labPayment({ seed, chance, name, ago }),
    step: (about, { envelope, name, sentAt = now }, change) => ({
      about,
      body: envelopeText(envelope, sentAt),
      webhookId: chance.uuid(`webhook-id ${name}`),
      token: "right",
      signature: "right",
      expects: "taken",
      point: "acknowledges",
      ...change,
    }),
  };
}

const makers: Readonly<Record<LabScenario, (bench: Bench) => MadeScenario>> = {
  plain({ payment, step }) {
    const paid = payment("paid");
    const held = payment("held");
    const failed = payment("failed");
    return {
      steps: [
        step("session completed", { envelope: paid.sessionCompleted, name: "session" }),
        step("its capture", { envelope: paid.captured, name: "capture" }),
        step("another payment authorized", { envelope: held.authorized, name: "authorization" }),
        step("another payment failed", { envelope: failed.failed, name: "failure" }),
      ],
      probes: [
        probe("the captured one", paid, { is: "paid" }, "acknowledges"),
        probe("the failed one", failed, { is: "not_paid" }, "acknowledges"),
      ],
    };
  },

  duplicate({ now, payment, step }) {
    const paid = payment("paid");
    const event = { envelope: paid.captured, name: "capture" };
    return {
      steps: [
        step("the capture", event),
        step("the same event again", event),
        step("again under another webhook-id", { ...event, name: "capture again", sentAt: now + MINUTE }),
      ],
      probes: [needed(probe("told three times", paid, { is: "paid_once" }, "deduplicates"))],
    };
  },

  reordered({ payment, step }) {
    const paid = payment("paid");
    return {
      steps: [
        step("the capture", { envelope: paid.captured, name: "capture" }),
        step("the older authorization after it", { envelope: paid.authorized, name: "authorization" }),
      ],
      probes: [needed(probe("captured, then told of its authorization", paid, { is: "paid" }, "order_safe"))],
    };
  },

  capture_before_session({ payment, step }) {
    const paid = payment("paid");
    return {
      steps: [
        step("the capture", { envelope: paid.captured, name: "capture" }),
        step("its session, completed", { envelope: paid.sessionCompleted, name: "session" }),
      ],
      probes: [needed(probe("captured before its session", paid, { is: "paid" }, "order_safe"))],
    };
  },

  late({ payment, step }) {
    const paid = payment("paid", 6 * HOUR);
    return {
      steps: [step("a capture of six hours before", { envelope: paid.captured, name: "capture" }, takesLate)],
      probes: [needed(probe("captured six hours before", paid, { is: "paid" }, "takes_late"))],
    };
  },

  server_error_twice({ now, payment, step }) {
    const paid = payment("paid", HOUR);
    const tryAt = (sentAt: number) => ({ envelope: paid.captured, name: "capture", sentAt });
    return {
      steps: [
        step("first try, answered 500 by the proxy", tryAt(now - HOUR), { ...takesLate, heldBack: true }),
        step("second try, answered 500 by the proxy", tryAt(now - 45 * MINUTE), { ...takesLate, heldBack: true }),
        step("third try, an hour after the first", tryAt(now), takesLate),
      ],
      probes: [needed(probe("delivered with the third try", paid, { is: "paid" }, "takes_late"))],
    };
  },

  never({ payment, step }) {
    const paid = payment("paid");
    const { paymentSessionId, paymentRequestId } = paid;
    return {
      planted: { paymentSessionId, paymentRequestId, ...paid.api },
      steps: [step("session completed, its capture withheld", { envelope: paid.sessionCompleted, name: "session" })],
      probes: [
        { ...needed(probe("known to the API only", paid, { is: "paid" }, "finds_lost")), patienceMs: SEARCH_MS },
      ],
    };
  },

  wrong_token({ payment, step }) {
    return forged(payment("forged"), step, { token: "wrong", point: "checks_token" }, "another token");
  },

  missing_token({ payment, step }) {
    return forged(payment("forged"), step, { token: "none", point: "checks_token" }, "no token");
  },

  tampered_signature({ payment, step }) {
    return forged(
      payment("forged"),
      step,
      { signature: "tampered", point: "checks_signature" },
      "the signature of another body",
    );
  },

  truncated({ payment, step }) {
    const cut = payment("cut");
    const good = payment("good");
    const broken = { expects: "rejected", point: "survives_garbage" } as const;
    const whole = step("half of a capture", { envelope: cut.captured, name: "cut" }, broken);
    return {
      steps: [
        { ...whole, body: whole.body.slice(0, Math.floor(whole.body.length / 2)) },
        { ...step("an empty body", { envelope: cut.captured, name: "empty" }, broken), body: "" },
        { ...step("a bare null", { envelope: cut.captured, name: "null" }, broken), body: "null" },
        step("a good capture after them", { envelope: good.captured, name: "good" }, { point: "survives_garbage" }),
      ],
      probes: [
        probe("told by half a body", cut, { is: "not_paid" }, "survives_garbage"),
        probe("told after the broken ones", good, { is: "paid" }, "survives_garbage"),
      ],
    };
  },

  unknown_fields({ payment, step }) {
    const fields = payment("fields");
    const texts = payment("texts");
    const strange = payment("strange");
    const tolerates = { point: "tolerates_unknown" } as const;
    const withFields = { ...fields.captured, data: withUnknown(fields.captured.data) };
    const newEvent = { ...strange.captured, event: "payment.lab_event_of_tomorrow" };
    return {
      steps: [
        step("a capture with fields and values nobody knows", { envelope: withFields, name: "fields" }, tolerates),
        step("amounts as text", { envelope: texts.capturedAs({ stringAmounts: true }), name: "texts" }, tolerates),
        step("an event type nobody knows", { envelope: newEvent, name: "strange" }, tolerates),
      ],
      probes: [
        probe("with unknown fields", fields, { is: "paid" }, "tolerates_unknown"),
        probe("with amounts as text", texts, { is: "paid" }, "tolerates_unknown"),
      ],
    };
  },

  conflict({ payment, step }) {
    const paid = payment("paid");
    const other = paid.capturedAs({ amount: `${paid.amount}0` });
    return {
      steps: [
        step("the capture", { envelope: paid.captured, name: "capture" }),
        step(
          "the same payment, ten times the amount",
          { envelope: other, name: "capture" },
          { expects: "any", point: "distrusts_conflict" },
        ),
      ],
      probes: [
        needed(probe("told with two amounts", paid, { is: "amount_kept", amount: paid.amount }, "distrusts_conflict")),
      ],
    };
  },

  burst({ payment, step }) {
    const numbers = Array.from({ length: BURST }, (_, index) => index + 1);
    return {
      atOnce: true,
      steps: numbers.map((number) =>
        step(`capture ${number} of ${BURST}, all at once`, {
          envelope: payment(`paid ${number}`).captured,
          name: `capture ${number}`,
        }),
      ),
      probes: [],
    };
  },
};

const takesLate = { point: "takes_late" } as const;

function forged(payment: LabPayment, step: Bench["step"], change: Partial<LabStep>, with_: string): MadeScenario {
  const event = { envelope: payment.captured, name: "forged" };
  const refused = { expects: "refused", ...change } as const;
  const { point = "checks_token" } = change;
  return {
    steps: [step(`a capture with ${with_}`, event, refused)],
    probes: [probe(`forged, with ${with_}`, payment, { is: "not_paid" }, point)],
  };
}

function probe(about: string, payment: LabPayment, expects: ProbeExpectation, point: LabPoint): LabProbe {
  const { paymentRequestId } = payment;
  return { about, paymentRequestId, expects, point, needed: false, patienceMs: PATIENCE_MS };
}

function needed(probe: LabProbe): LabProbe {
  return { ...probe, needed: true };
}

/** As Xendit will look some day: more members everywhere, and values that no list has yet. */
function withUnknown(data: JsonObject): JsonObject {
  const { payment_details: details } = data;
  const more: Readonly<Record<string, Json>> = {
    lab_unknown_text: "a field of tomorrow",
    lab_unknown_object: { list: [{ deep: true }], nothing: null },
  };
  return {
    ...data,
    ...more,
    capture_method: "AUTOMATIC_BY_LAB",
    payment_details: isJsonObject(details) ? { ...details, network: "LAB_NETWORK", ...more } : more,
  };
}
