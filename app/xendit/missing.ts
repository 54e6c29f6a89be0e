import type { RequestParts } from "./fold-request.ts";
import type { Observation } from "./observation.ts";
import type { MissingWebhook, PaymentRequestRow } from "./projection.ts";
import { factsOf } from "./read-observation.ts";
import { referenceStem } from "./reference.ts";
import { NOT_HEARD_OF } from "./request-status.ts";
import { sessionStatus } from "./statuses.ts";

/** Nothing decided was told yet. */
const OPEN: ReadonlySet<string> = new Set([NOT_HEARD_OF, "REQUIRES_ACTION", "ACCEPTING_PAYMENTS", "PENDING"]);
/** Decisions that a webhook tells. A void is told by none (FACTS 5.1), a status we do not know promises none. */
const TOLD_BY_WEBHOOK: ReadonlySet<string> = new Set(["SUCCEEDED", "AUTHORIZED", "FAILED", "EXPIRED"]);
/** With these a session is completed, and its own webhook says so. */
const COMPLETES_SESSION: ReadonlySet<string> = new Set(["SUCCEEDED", "AUTHORIZED"]);

/**
 * The webhook that should have come and did not, as far as everything else tells; `null` when none is missed. Knows no
 * "now": whoever asks leaves out what is too young to worry about.
 */
export function missingOfRequest(
  parts: Pick<RequestParts, "paymentRequestId" | "payments" | "words" | "session" | "link">,
  { status, referenceId }: Pick<PaymentRequestRow, "status" | "referenceId">,
): MissingWebhook | null {
  const { payments, words, session, link } = parts;
  if (OPEN.has(status)) return completesSession(parts) ? "payment_webhook" : "outcome";
  if (!TOLD_BY_WEBHOOK.has(status)) return null;
  const about = [...words, ...payments.flatMap((payment) => payment.observations)];
  if (!about.some((observation) => isWebhook(observation) && observation.status === status)) return "payment_webhook";
  if (!COMPLETES_SESSION.has(status) || session.some(isWebhook)) return null;
  return link !== null || isSessionReference(referenceId) ? "session_webhook" : null;
}

/** A completed session of which no payment was told by a webhook. Saving a card takes none. */
export function missingOfSession(
  own: readonly Observation[],
  requests: readonly Pick<PaymentRequestRow, "missing">[],
): MissingWebhook | null {
  if (sessionStatus(own) !== "COMPLETED" || own.some((one) => factsOf(one).values.sessionType === "SAVE")) return null;
  const isTold = requests.some(({ missing }) => missing !== "payment_webhook" && missing !== "outcome");
  return isTold ? null : "payment_webhook";
}

/** A session completed by another try leaves an earlier one as undecided as it was. */
function completesSession({ session, paymentRequestId }: Pick<RequestParts, "session" | "paymentRequestId">): boolean {
  return session
    .filter((observation) => observation.status === "COMPLETED")
    .some((observation) => (factsOf(observation).ids.paymentRequest ?? paymentRequestId) === paymentRequestId);
}

function isWebhook({ source }: Observation): boolean {
  return source === "webhook";
}

/** Only payments made through a session carry Xendit's suffix (FACTS 2.3). */
function isSessionReference(referenceId: string | null): boolean {
  return referenceId !== null && referenceStem(referenceId) !== referenceId;
}
