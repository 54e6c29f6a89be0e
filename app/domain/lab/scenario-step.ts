import type { JsonObject } from "../../xendit/bodies/json.ts";
import type { LabPoint } from "./lab.ts";

/** A scenario made from a seed: what is sent, in which order, and what is expected of it. Plain data. */
export interface MadeScenario {
  readonly steps: readonly LabStep[];
  /** All steps leave together instead of one after another. */
  readonly atOnce?: true;
  /** Asked after the steps, one after another. */
  readonly probes: readonly LabProbe[];
  /** What the sandbox's API has to know before the first step. */
  readonly planted?: PlantedPayment;
}

/** `taken`: 2xx. `refused`: 401 or 403. `rejected`: any answer but 2xx. `any`: whatever, as long as it is an answer. */
export type StepExpectation = "taken" | "refused" | "rejected" | "any";

export interface LabStep {
  /** In words, for the list of requests: "the same event again". */
  readonly about: string;
  readonly body: string;
  readonly webhookId: string;
  /** The destination's own, another one, or none. */
  readonly token: "right" | "wrong" | "none";
  /** Made for these bytes, or for others. */
  readonly signature: "right" | "tampered";
  readonly expects: StepExpectation;
  readonly point: LabPoint;
  /** A proxy in front answers 500: the request never leaves. */
  readonly heldBack?: true;
}

export type ProbeExpectation =
  | { readonly is: "paid" }
  | { readonly is: "paid_once" }
  | { readonly is: "not_paid" }
  | { readonly is: "amount_kept"; readonly amount: string };

export interface LabProbe {
  readonly about: string;
  readonly paymentRequestId: string;
  readonly expects: ProbeExpectation;
  readonly point: LabPoint;
  /** Without an answer the point is not observable; else the answers over HTTP decide alone. */
  readonly needed: boolean;
  /** How long the endpoint may take to get there, in milliseconds. */
  readonly patienceMs: number;
}

export interface PlantedPayment {
  readonly paymentSessionId: string;
  readonly paymentRequestId: string;
  readonly request: JsonObject;
  readonly payment: JsonObject;
}
