import type { Database, Reader } from "~/db.server.ts";
import type { Environment } from "~/lib/environment.ts";
import type { Scope } from "~/lib/scope.ts";
import { readObservation } from "~/xendit/read-observation.ts";
import { findPayment, type PaymentDetail } from "../payments/find-payment.server.ts";
import { type Proof, type ProofCut, proofOf } from "./proof.ts";
import {
  isAnswerWithin,
  listHeldAnswers,
  listHeldChecks,
  listHeldEvents,
  listMovements,
  type OfPayment,
  readBodies,
} from "./proof-records.server.ts";
import { type ReadSource, sourceBook } from "./proof-sources.ts";

/** Sources that are read for footnotes. No payment has as many; a flood of webhooks must not stop its proof. */
export const SOURCE_CAP = 200;
/** Captures, refunds and disputes, each. */
export const MOVEMENT_CAP = 1000;

export interface FoundProof {
  readonly proof: Proof;
  readonly detail: PaymentDetail;
  /** What there is more of than was read; the proof says so, an evidence bundle is refused over `movements` and `payments`. */
  readonly cut: readonly ProofCut[];
}

export interface ProofAsked {
  readonly paymentRequestId: string;
  /** `null` looks in all of the scope. */
  readonly environment: Environment | null;
  readonly zone: string;
  readonly now: Date;
}

/** The proof of a payment with its footnotes; `null` when it is absent or not this operator's to see. */
export async function findProof(db: Database, scope: Scope, asked: ProofAsked): Promise<FoundProof | null> {
  const detail = await findPayment(db, scope, asked);
  if (!detail) return null;
  const of = ofPayment(detail);
  const [{ sources, isCut }, found] = await Promise.all([
    readSources(db, scope, { of, reader: db.read }),
    listMovements(db, { of, limit: MOVEMENT_CAP + 1 }),
  ]);
  const movements = {
    captures: found.captures.slice(0, MOVEMENT_CAP),
    refunds: found.refunds.slice(0, MOVEMENT_CAP),
    disputes: found.disputes.slice(0, MOVEMENT_CAP),
  };
  const isLong = Object.values(found).some((rows) => rows.length > MOVEMENT_CAP);
  const cut: ProofCut[] = [
    ...(isCut ? (["sources"] as const) : []),
    ...(isLong ? (["movements"] as const) : []),
    ...(detail.request.paymentCount > detail.payments.length ? (["payments"] as const) : []),
  ];
  const reader = { zone: asked.zone, now: asked.now.getTime() };
  return { proof: proofOf({ ...detail, ...movements }, sourceBook(sources), reader), detail, cut };
}

export function ofPayment({ request, payments }: Pick<PaymentDetail, "request" | "payments">): OfPayment {
  const { environment, paymentRequestId, paymentSessionId, paymentTokenId } = request;
  const paymentIds = payments.map((payment) => payment.paymentId);
  return { environment, paymentRequestId, paymentSessionId, paymentTokenId, paymentIds };
}

/** By arrival, webhooks and answers in one line. Quarantined and merely stored events tell the fold nothing, so they are no source. */
async function readSources(db: Database, scope: Scope, { of, reader }: { of: OfPayment; reader: Reader }) {
  const limit = SOURCE_CAP + 1;
  const [events, answers, checks] = await Promise.all([
    listHeldEvents(db, scope, { of, reader, limit }),
    listHeldAnswers(db, { of, reader, limit }),
    listHeldChecks(db, of),
  ]);
  const heard = events.slice(0, SOURCE_CAP).filter(({ state }) => state === "processed" || state === "conflict");
  const answered = answers.slice(0, SOURCE_CAP);
  const bodies = await readBodies(db, { bodyIds: [...heard, ...answered].map((one) => one.bodyId), reader });
  const bytesOf = (bodyId: number) => bodies.get(bodyId) ?? new Uint8Array();

  const told = heard.map((event): ReadSource => {
    const { webhookId, masked } = event;
    const bytes = bytesOf(event.bodyId);
    const stored = { environment: of.environment, source: "webhook", subject: null, webhookId, masked, bytes } as const;
    return {
      kind: "webhook",
      eventId: event.eventId,
      checkId: null,
      receivedAt: event.firstReceivedAt,
      observation: readObservation(stored),
    };
  });
  const asked = answered
    .filter((answer) => isAnswerWithin(scope, answer, bytesOf(answer.bodyId), of))
    .map((answer): ReadSource => {
      const { source, subject, masked, observationId } = answer;
      const bytes = bytesOf(answer.bodyId);
      const check = checks.find((one) => one.answers.some((part) => part.observationId === observationId));
      return {
        kind: source,
        eventId: null,
        checkId: check?.checkId ?? null,
        receivedAt: answer.receivedAt,
        observation: readObservation({ environment: of.environment, source, subject, webhookId: null, masked, bytes }),
      };
    });
  const sources = [...told, ...asked].sort((a, b) => a.receivedAt - b.receivedAt);
  return { sources, isCut: events.length > SOURCE_CAP || answers.length > SOURCE_CAP };
}
