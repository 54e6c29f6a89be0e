import { formatMoney, toMinorUnits } from "../../lib/money.ts";
import { networkLabel } from "../../xendit/codes/network.ts";
import { paymentStatusWord } from "../../xendit/codes/status-words.ts";
import type { ValueName } from "../../xendit/facts.ts";
import type { Observation } from "../../xendit/observation.ts";
import { factsOf } from "../../xendit/read-observation.ts";
import type { CheckSubject, FilledIn } from "./check.ts";

interface Answered {
  readonly subject: CheckSubject;
  readonly observation: Observation;
}

/** No personal data: what is filled in is shown to everybody who sees the payment. */
const LABELS = {
  failureCode: "Failure code",
  eci: "ECI",
  cvn: "CVN result",
  avs: "AVS result",
  response: "Network response",
  threeDsFlow: "3-D Secure flow",
  threeDsVersion: "3-D Secure version",
  threeDsStatus: "3-D Secure status",
  authorizationCode: "Authorization code",
  retrievalReferenceNumber: "RRN",
  reconciliationId: "Reconciliation id",
  networkTransactionId: "Network transaction id",
  merchantAdviceCode: "Merchant advice",
  maskedCardNumber: "Card",
  cardExpiry: "Card expiry",
  cardIssuer: "Issuer",
  cardType: "Card type",
  cardCountry: "Card country",
  captureMethod: "Capture",
} as const satisfies Partial<Record<ValueName, string>>;

const NETWORKS = ["paymentNetwork", "cardNetwork"] as const satisfies readonly ValueName[];

/** What Xendit's answers tell that no webhook does: each once, from the object nearest to the payment. */
export function filledIn(answers: readonly Answered[], webhooks: readonly Observation[]): readonly FilledIn[] {
  const nearest = answers.toSorted((a, b) => order.indexOf(a.subject) - order.indexOf(b.subject));
  const filled: FilledIn[] = [];
  const add = (label: string, names: readonly ValueName[], say: (value: string) => string = String) => {
    if (webhooks.some((one) => names.some((name) => factsOf(one).values[name]))) return;
    for (const { subject, observation } of nearest) {
      const value = names.map((name) => factsOf(observation).values[name]).find(Boolean);
      if (value) return void filled.push({ label, value: say(value), from: subject });
    }
  };
  filled.push(...statusOf(nearest, webhooks), ...amountOf(nearest, webhooks));
  add("Card network", NETWORKS, (network) => networkLabel(network) ?? network);
  for (const [name, label] of Object.entries(LABELS)) add(label, [name as keyof typeof LABELS]);
  return filled;
}

const order: readonly CheckSubject[] = ["payment", "payment_request", "token", "session"];

/** A void has no webhook: the answer is all that tells it. */
function statusOf(answers: readonly Answered[], webhooks: readonly Observation[]): readonly FilledIn[] {
  const told = new Set(webhooks.filter(isOfPayment).map(({ status }) => status));
  const first = answers.find(({ subject, observation: { status } }) => {
    return (subject === "payment" || subject === "payment_request") && status !== null && !told.has(status);
  });
  const status = first?.observation.status;
  return first && status ? [{ label: "Status", value: paymentStatusWord(status).word, from: first.subject }] : [];
}

function amountOf(answers: readonly Answered[], webhooks: readonly Observation[]): readonly FilledIn[] {
  if (webhooks.some((one) => factsOf(one).values.amount)) return [];
  const first = answers.find(({ observation }) => factsOf(observation).values.amount);
  if (!first) return [];
  const { amount: raw = null, currency = null } = factsOf(first.observation).values;
  const value = formatMoney({ minor: toMinorUnits(raw, currency), raw, currency });
  return [{ label: "Amount", value, from: first.subject }];
}

function isOfPayment({ kind }: Observation): boolean {
  return kind === "payment" || kind === "payment_request";
}
