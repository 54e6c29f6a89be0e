import { maskEmail } from "~/lib/pii.ts";
import type { ValueName } from "~/xendit/facts.ts";
import type { Observation } from "~/xendit/observation.ts";
import type { ObservationSource } from "~/xendit/projection.ts";
import { factsOf } from "~/xendit/read-observation.ts";

/** One thing that told about a payment, under the short name facts refer to it by. */
export interface ProofSource {
  /** `W1` a webhook, `A1` an answer of Xendit's API, `B1` the browser's hand-back; numbered by arrival. */
  readonly ref: string;
  readonly kind: ObservationSource;
  /** `payment.capture`, `api payment_request`. */
  readonly title: string;
  /** `evt_…`; `null` for what is not a webhook. */
  readonly eventId: string | null;
  /** `chk_…` when a check with Xendit brought it. */
  readonly checkId: string | null;
  readonly receivedAt: number;
}

/** A source before it has a name, with what its body says. */
export interface ReadSource extends Omit<ProofSource, "ref" | "title"> {
  readonly observation: Observation;
}

/** Answers which sources tell a value: their short names, in order of arrival. */
export interface SourceBook {
  readonly sources: readonly ProofSource[];
  /** Of a payment, by its id; of the request as a whole with `null`. Nothing tells what is not there. */
  telling(names: readonly ValueName[], value: string | null, paymentId: string | null): readonly string[];
  tellingStatus(status: string, paymentId: string | null): readonly string[];
  tellingCapture(captureId: string): readonly string[];
  naming(id: string | null): readonly string[];
}

const letter: Record<ObservationSource, string> = { webhook: "W", api: "A", claim: "B" };

export function sourceBook(read: readonly ReadSource[]): SourceBook {
  const counts: Record<ObservationSource, number> = { webhook: 0, api: 0, claim: 0 };
  const named = read.map(({ observation, ...source }) => {
    counts[source.kind] += 1;
    return {
      source: { ...source, ref: `${letter[source.kind]}${counts[source.kind]}`, title: observation.eventType },
      observation,
    };
  });
  const refs = (tells: (observation: Observation) => boolean) =>
    named.filter(({ observation }) => tells(observation)).map(({ source }) => source.ref);
  return {
    sources: named.map(({ source }) => source),
    telling: (names, value, paymentId) =>
      value === null ? [] : refs((one) => isAbout(one, paymentId) && names.some((name) => says(one, name, value))),
    tellingStatus: (status, paymentId) => refs((one) => isAboutMoney(one, paymentId) && one.status === status),
    tellingCapture: (captureId) => refs((one) => factsOf(one).captures.some((made) => made.captureId === captureId)),
    naming: (id) => (id === null ? [] : refs((one) => Object.values(factsOf(one).ids).includes(id))),
  };
}

/** A body that names another payment tells nothing of this one; one that names none tells of the request. */
function isAbout(observation: Observation, paymentId: string | null): boolean {
  const { ids } = factsOf(observation);
  const named = ids.payment ?? ids.latestPayment;
  return paymentId === null || named === null || named === paymentId;
}

/** The word FAILED in a refund's body is the refund's. */
function isAboutMoney(observation: Observation, paymentId: string | null): boolean {
  return (observation.kind === "payment" || observation.kind === "payment_request") && isAbout(observation, paymentId);
}

function says(observation: Observation, name: ValueName, value: string): boolean {
  const told = factsOf(observation).values[name];
  if (told === undefined) return false;
  // What is masked on the page is masked before it is compared.
  return told === value || (name === "cardholderEmail" && maskEmail(told) === value);
}
