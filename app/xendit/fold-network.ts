import type { CardContext } from "./fold-payment.ts";
import type { Observation } from "./observation.ts";
import type { NetworkSource } from "./projection.ts";
import { pick, type Told, toldBy } from "./values.ts";

export interface Network {
  readonly network: string | null;
  readonly networkFrom: NetworkSource | null;
}

/** The card's network from the best place that tells it: the payment's details first, a dispute last. */
export function readNetwork(payment: readonly Observation[], { request, tokens, disputes }: CardContext): Network {
  const own = [...payment, ...request];
  const places: readonly (readonly [NetworkSource, string | null])[] = [
    ["payment_details", pick(own, "paymentNetwork")],
    ["card_details", pick(own, "cardNetwork")],
    ["token", pick(tokens, "cardNetwork") ?? pick(tokens, "paymentNetwork")],
    ["dispute", pick(disputes, "disputeNetwork")],
  ];
  const [networkFrom, network] = places.find(([, told]) => told !== null) ?? [null, null];
  return { network, networkFrom };
}

/** Every network told anywhere, to see whether the places agree. */
export function networksTold(
  payment: readonly Observation[],
  { request, tokens, disputes }: CardContext,
): readonly Told[] {
  const own = [...payment, ...request];
  return [
    ...toldBy(own, "paymentNetwork"),
    ...toldBy(own, "cardNetwork"),
    ...toldBy(tokens, "cardNetwork"),
    ...toldBy(disputes, "disputeNetwork"),
  ];
}
