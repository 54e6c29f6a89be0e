import type { Database, Reader } from "~/db.server.ts";
import type { Environment } from "~/lib/environment.ts";
import type { Scope } from "~/lib/scope.ts";
import { listChecks } from "../checks/list-checks.server.ts";
import { auditStatement } from "../operators/audit.server.ts";
import type { PaymentDetail } from "../payments/find-payment.server.ts";
import { listPaymentReplays } from "../payments/payment-replays.server.ts";
import { listPaymentSteps } from "../payments/payment-steps.server.ts";
import { bodyText } from "../webhooks/find-webhook.server.ts";
import { type EvidenceRefusal, type EvidenceStamp, evidenceName } from "./evidence.ts";
import { type EvidenceRecords, listEvidence } from "./evidence-records.server.ts";
import { evidenceSummary } from "./evidence-summary.ts";
import { type BodyFile, bodiesCsv, checksJson, json, notesText, readmeText, receiptsCsv } from "./evidence-texts.ts";
import { evidenceTimeline, type ToldTimeline } from "./evidence-timeline.ts";
import { type FoundProof, findProof, ofPayment } from "./find-proof.server.ts";
import { isAnswerWithin, listHeldNotes, type OfPayment, readBodies } from "./proof-records.server.ts";
import { redactEvidence } from "./redact-evidence.ts";
import { type ZipEntry, zipStream } from "./zip-stream.server.ts";

export interface EvidenceOrder {
  readonly paymentRequestId: string;
  readonly environment: Environment | null;
  /** `scope` is already narrowed to `export:csv`. */
  readonly operator: {
    readonly operatorId: string;
    readonly email: string;
    readonly scope: Scope;
    can(permission: "pii:reveal", environment: Environment): boolean;
  };
  readonly reason: string;
  readonly includePersonal: boolean;
  readonly includeNotes: boolean;
  readonly zone: string;
  readonly now: Date;
  /** Makes `proof.html`: how things look is not this module's business. */
  drawProof(found: FoundProof, stamp: EvidenceStamp): string;
  readonly signal?: AbortSignal;
}

export type EvidenceOutcome =
  | { readonly ok: true; readonly name: string; readonly stream: ReadableStream<Uint8Array> }
  | { readonly ok: false; readonly refusal: EvidenceRefusal | "absent" | "may_not_reveal" };

/** Bodies held in memory at once; each is 1 MiB at most. */
const BATCH = 16;
/** A slow line may take its time; the deadline is a query's, not the download's. */
const DEADLINE_MS = 60_000;

/** Everything that is held of a payment as one zip, written down in the audit log before the first byte leaves. */
export async function makeEvidence(db: Database, order: EvidenceOrder): Promise<EvidenceOutcome> {
  const { operator, includePersonal, includeNotes, now } = order;
  const found = await findProof(db, operator.scope, order);
  if (!found) return { ok: false, refusal: "absent" };
  const of = ofPayment(found.detail);
  if (includePersonal && !operator.can("pii:reveal", of.environment)) return { ok: false, refusal: "may_not_reveal" };

  if (found.cut.some((part) => part !== "sources")) return { ok: false, refusal: "too_many_movements" };

  const reader = db.heavy({ deadlineMs: DEADLINE_MS, signal: order.signal });
  const listed = await listEvidence(db, operator.scope, { of, reader, includeNotes });
  if (!listed.ok) return listed;
  await writeAudit(db, order, of, listed.records);

  const stamp: EvidenceStamp = {
    createdAt: now.getTime(),
    createdBy: operator.email,
    reason: order.reason,
    includesPersonal: includePersonal,
    includesNotes: includeNotes,
    zone: order.zone,
  };
  const html = order.drawProof(found, stamp);
  const told = await tellTimeline(db, order, found.detail);
  const entries = evidenceEntries(db, {
    found,
    of,
    stamp,
    told,
    html,
    records: listed.records,
    reader,
    scope: operator.scope,
  });
  return { ok: true, name: evidenceName(of.paymentRequestId), stream: zipStream(entries, now) };
}

async function writeAudit(
  db: Database,
  { operator, reason, includePersonal, includeNotes, now }: EvidenceOrder,
  { environment, paymentRequestId }: OfPayment,
  { events, receipts, answers }: EvidenceRecords,
): Promise<void> {
  const entry = { operator, environment, subject: paymentRequestId, reason, now };
  const detail = {
    events: events.length,
    receipts: receipts.length,
    answers: answers.length,
    personal: includePersonal,
    notes: includeNotes,
  };
  const reveal = { ...entry, action: "pii:reveal", detail: { in: "evidence bundle" } };
  const written = await db.write([
    auditStatement(db, { ...entry, action: "export:evidence", detail }),
    ...(includePersonal ? [auditStatement(db, reveal)] : []),
  ]);
  if (!written.ok) throw new Error("The evidence bundle could not be written to the audit log");
}

/** What the payment's page draws in its timeline; notes only when they were asked for. */
async function tellTimeline(db: Database, order: EvidenceOrder, detail: PaymentDetail): Promise<ToldTimeline> {
  const [steps, replays, checks, notes] = await Promise.all([
    listPaymentSteps(db, detail.request),
    listPaymentReplays(db, detail.events),
    listChecks(db, order.operator.scope, detail.request),
    order.includeNotes ? listHeldNotes(db, ofPayment(detail)) : [],
  ]);
  return {
    ...detail,
    steps,
    replays,
    checks,
    notes: notes.map((note) => ({ ...note, removed: null, canRemove: false })),
  };
}

interface Making {
  readonly found: FoundProof;
  readonly of: OfPayment;
  readonly stamp: EvidenceStamp;
  readonly html: string;
  readonly told: ToldTimeline;
  readonly records: EvidenceRecords;
  readonly reader: Reader;
  readonly scope: Scope;
}

/** In a fixed order, so that the same records make the same zip. */
async function* evidenceEntries(db: Database, making: Making): AsyncGenerator<ZipEntry, void, void> {
  const { found, stamp, html, told, records } = making;
  const redact = stamp.includesPersonal ? (text: string) => text : redactEvidence;
  const timeline = evidenceTimeline(told, { now: stamp.createdAt, redact });
  yield file("README.txt", readmeText(found.proof, stamp));
  yield file("proof.html", html);
  yield file("summary.json", json({ ...evidenceSummary(found.proof, stamp), sources_cut: found.cut.length > 0 }));
  yield file("timeline.json", json(timeline.json));
  yield file("timeline.txt", timeline.text);
  yield file("receipts.csv", receiptsCsv(records.events, records.receipts));
  const bodies: BodyFile[] = [];
  for await (const { entry, told } of bodyEntries(db, making)) {
    bodies.push(told);
    yield entry;
  }
  yield file("bodies.csv", bodiesCsv(bodies));
  yield file("checks.json", checksJson(records.checks, redact));
  if (stamp.includesNotes) yield file("notes.txt", notesText(records.notes, redact));
}

interface StoredFile extends Omit<BodyFile, "isExact"> {
  readonly bodyId: number;
  /** Whether the reader may have these bytes, which only the bytes tell. */
  mayHave(bytes: Uint8Array): boolean;
}

async function* bodyEntries(
  db: Database,
  { of, stamp, records, reader, scope }: Making,
): AsyncGenerator<{ readonly entry: ZipEntry; readonly told: BodyFile }, void, void> {
  const files = storedFiles(records, of, scope);
  for (let start = 0; start < files.length; start += BATCH) {
    const batch = files.slice(start, start + BATCH);
    const bodies = await readBodies(db, { bodyIds: batch.map((one) => one.bodyId), reader });
    for (const { bodyId, mayHave, ...told } of batch) {
      const stored = bodies.get(bodyId);
      // Expunged since it was listed: a bundle that lists what it does not hold would be no evidence.
      if (!stored) throw new Error("A stored body went away while the evidence bundle was made");
      if (!mayHave(stored)) continue;
      const bytes = stamp.includesPersonal ? stored : redactedBytes(stored);
      yield { entry: { name: told.file, bytes }, told: { ...told, isExact: bytes === stored } };
    }
  }
}

function storedFiles(
  { events, receipts, answers }: EvidenceRecords,
  of: OfPayment,
  scope: Scope,
): readonly StoredFile[] {
  const everybody = () => true;
  const ofEvents = events.map(
    (event): StoredFile => ({
      file: `events/${event.eventId}.json`,
      id: event.eventId,
      what: event.eventType,
      receivedAt: event.firstReceivedAt,
      storedDigest: event.digest,
      storedSize: event.size,
      isMasked: event.masked,
      bodyId: event.bodyId,
      mayHave: everybody,
    }),
  );
  const maskedEvents = new Set(events.filter((event) => event.masked).map((event) => event.eventId));
  const ofReceipts = receipts.flatMap((receipt): StoredFile[] => {
    const { receiptId, eventId, receivedAt, ownBodyId, ownDigest, ownSize } = receipt;
    if (ownBodyId === null || ownDigest === null || ownSize === null) return [];
    return [
      {
        file: `receipts/${receiptId}.json`,
        id: receiptId,
        what: `repeated arrival of ${eventId}`,
        receivedAt,
        storedDigest: ownDigest,
        storedSize: ownSize,
        isMasked: maskedEvents.has(eventId),
        bodyId: ownBodyId,
        mayHave: everybody,
      },
    ];
  });
  const ofAnswers = answers.map((answer, index): StoredFile => {
    const number = String(index + 1).padStart(4, "0");
    const isClaim = answer.source === "claim";
    const name = (answer.subject ?? "answer").replace(/[^\w-]/g, "");
    return {
      file: isClaim ? `hand-backs/${number}.json` : `api-answers/${number}-${name}.json`,
      id: number,
      what: isClaim ? "hand-back of the browser" : `API answer: ${name}`,
      receivedAt: answer.receivedAt,
      storedDigest: answer.digest,
      storedSize: answer.size,
      isMasked: answer.masked,
      bodyId: answer.bodyId,
      mayHave: (bytes) => isAnswerWithin(scope, answer, bytes, of),
    };
  });
  return [...ofEvents, ...ofReceipts, ...ofAnswers];
}

/** The stored bytes themselves when there is nothing to replace. */
function redactedBytes(stored: Uint8Array): Uint8Array {
  const { text, isText } = bodyText(stored);
  const redacted = redactEvidence(text);
  return isText && redacted === text ? stored : new TextEncoder().encode(redacted);
}

function file(name: string, text: string): ZipEntry {
  return { name, bytes: new TextEncoder().encode(text) };
}
