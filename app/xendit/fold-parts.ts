import type { Cluster } from "./cluster.ts";
import type { Ids } from "./facts.ts";
import type { SessionLink } from "./fold-links.ts";
import { type CardContext, captureOwners, type FoldedPayment, foldPayment } from "./fold-payment.ts";
import { foldDispute, foldRefund } from "./fold-related.ts";
import type { RequestParts } from "./fold-request.ts";
import type { SessionWords } from "./fold-session.ts";
import { groupBy } from "./group.ts";
import type { Observation } from "./observation.ts";
import { byPrecedence } from "./order.ts";
import { factsOf } from "./read-observation.ts";

/** Sorts what takes part by payment request, and folds what each is made of. */
export function partsOf(
  cluster: Cluster,
  sessions: readonly SessionWords[],
  links: ReadonlyMap<string, SessionLink>,
  tokens: readonly Observation[],
): readonly RequestParts[] {
  const payments = cluster.taking.filter((observation) => observation.kind === "payment");
  const owners = captureOwners(payments);
  const requests = groupBy(cluster.taking, cluster.requestOf);
  const usable = tokens.filter(({ kind, verdict }) => kind === "token" && verdict.state !== "quarantined");
  const usableTokens = [...usable].sort(byPrecedence);
  return requests
    .filter(([paymentRequestId]) => cluster.isShown(paymentRequestId))
    .flatMap(([paymentRequestId, about]) => {
      const link = links.get(paymentRequestId) ?? null;
      const session = sessions.find((words) => words.paymentSessionId === link?.paymentSessionId)?.own ?? [];
      return partOf(cluster, paymentRequestId, about, { link, session, tokens: usableTokens, owners }) ?? [];
    });
}

interface Surroundings {
  readonly link: SessionLink | null;
  readonly session: readonly Observation[];
  readonly tokens: readonly Observation[];
  readonly owners: ReadonlyMap<string, string>;
}

function partOf(
  cluster: Cluster,
  paymentRequestId: string,
  about: readonly Observation[],
  { link, session, tokens, owners }: Surroundings,
): RequestParts | null {
  const [first] = about;
  if (!first) return null;
  const words = about.filter(({ kind, source }) => kind === "payment_request" && source !== "claim");
  const disputes = about.filter(({ kind }) => kind === "dispute");
  const named = new Set([...about, ...session].flatMap((observation) => factsOf(observation).ids.token ?? []));
  const context: CardContext = {
    request: words,
    tokens: tokens.filter((token) => named.has(factsOf(token).ids.token ?? "")),
    disputes,
  };
  return {
    environment: first.environment,
    paymentRequestId,
    about,
    marks: cluster.marked
      .filter(({ observation }) => cluster.requestOf(observation) === paymentRequestId)
      .map(({ mark }) => mark),
    words,
    payments: foldPayments(paymentRequestId, about, owners, context),
    refunds: groupBy(
      about.filter(({ kind }) => kind === "refund"),
      idOf("refund"),
    ).flatMap(([refundId, group]) => foldRefund(refundId, paymentRequestId, group) ?? []),
    disputes: groupBy(disputes, idOf("dispute")).flatMap(
      ([disputeId, group]) => foldDispute(disputeId, paymentRequestId, group) ?? [],
    ),
    link,
    session,
    context,
  };
}

function foldPayments(
  paymentRequestId: string,
  about: readonly Observation[],
  owners: ReadonlyMap<string, string>,
  context: CardContext,
): readonly FoldedPayment[] {
  return groupBy(
    about.filter(({ kind }) => kind === "payment"),
    idOf("payment"),
  ).flatMap(([paymentId, group]) => foldPayment(paymentId, paymentRequestId, group, owners, context) ?? []);
}

function idOf(name: keyof Ids): (observation: Observation) => string | null {
  return (observation) => factsOf(observation).ids[name];
}
