import { networkLabel } from "./codes/network.ts";
import type { ValueName } from "./facts.ts";
import type { Observation } from "./observation.ts";
import { compareText } from "./order.ts";
import type { Disagreement, ObservationSource } from "./projection.ts";
import { factsOf } from "./read-observation.ts";
import { referenceStem } from "./reference.ts";

/** First non-null of observations already in order of precedence. A code sent blank gives way to one that says something. */
export function pick(observations: readonly Observation[], name: ValueName): string | null {
  return firstTold(observations.map((observation) => factsOf(observation).values[name] ?? null));
}

export function firstTold(values: readonly (string | null)[]): string | null {
  return values.find((value) => value !== null && value !== "") ?? values.find((value) => value !== null) ?? null;
}

export interface Told {
  readonly value: string;
  readonly source: ObservationSource;
}

/** The values observations give for a name, blanks aside. */
export function toldBy(observations: readonly Observation[], name: ValueName): readonly Told[] {
  return observations.flatMap((observation) => {
    const value = factsOf(observation).values[name];
    return value ? [{ value, source: observation.source }] : [];
  });
}

/** `null` unless two values really differ; sorted, so that rows compare. */
export function disagreement(field: string, paymentId: string | null, told: readonly Told[]): Disagreement | null {
  const same = sameness[field as ValueName] ?? ((value: string) => value);
  if (new Set(told.map(({ value }) => same(value))).size < 2) return null;
  const values = [...new Map(told.map((one) => [`${one.value}\n${one.source}`, one])).values()];
  return {
    field,
    paymentId,
    values: values.sort((a, b) => compareText(a.value, b.value) || compareText(a.source, b.source)),
  };
}

/** Spellings of one thing: they are no disagreement. */
const sameness: Readonly<Partial<Record<ValueName | "network", (value: string) => string>>> = {
  threeDsFlow: (flow) => (flow === "FULL_AUTH" ? "CHALLENGE" : flow),
  referenceId: referenceStem,
  network: (network) => networkLabel(network)?.toUpperCase() ?? network,
  // Three ways to mask are in use; the last four digits are in all of them.
  maskedCardNumber: (masked) => masked.slice(-4),
  channelCode: (channel) => channel.toUpperCase().replace(/^CARD$/, "CARDS"),
};
