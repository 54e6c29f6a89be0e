import { xenditIdKind } from "../lib/ids.ts";
import type { Json, JsonObject } from "./bodies/json.ts";
import { canonicalJson, decodeBody, sha256 } from "./canonical.ts";
import { readCard } from "./channel.ts";
import { classify } from "./classify.ts";
import { dedupeKey, primaryIdOf } from "./dedupe-key.ts";
import { openEnvelope } from "./envelope.ts";
import { kindOfEvent, statusOfEvent } from "./event-kind.ts";
import type { CaptureFact, Facts } from "./facts.ts";
import { instantAt, listAt, textAt } from "./fields.ts";
import { materialOf } from "./material.ts";
import type { Expunged, Observation, ObservationKind, StoredObservation } from "./observation.ts";
import type { ResultCodes } from "./projection.ts";
import { readIds } from "./read-ids.ts";
import { readPresence, readValues } from "./read-values.ts";

/** Reads a stored observation. Pure, and total: a body of any shape becomes an observation. */
export function readObservation(stored: StoredObservation): Observation {
  if (stored.expunged) return expunged(stored, stored.expunged);
  const body = decodeBody(stored.bytes);
  if (body === null) return unreadable(stored);
  const opened = openEnvelope(body);
  const event = stored.source === "webhook" ? opened.event : null;
  const kind = stored.source === "webhook" ? kindOfEvent(event, opened.payload) : kindOfSubject(stored);
  const facts = readFacts(opened.payload, opened.outerBusinessId, kind, event, opened.content);
  return observation(stored, kind, event, facts, opened.payload, sha256(canonicalJson(opened.content)));
}

/** The part of an observation only app/xendit looks into. */
export function factsOf(observation: Observation): Facts {
  return observation.facts as Facts;
}

function observation(
  stored: StoredObservation,
  kind: ObservationKind,
  event: string | null,
  facts: Facts,
  payload: JsonObject,
  contentDigest: string,
): Observation {
  const primaryId = primaryIdOf(kind, facts);
  const updated = textAt(payload, "updated") ?? textAt(payload, "updated_at");
  const key = dedupeKey({ stored, kind, event, primaryId, facts, updated, contentDigest });
  return {
    environment: stored.environment,
    source: stored.source,
    subject: stored.subject,
    masked: stored.masked,
    eventType: eventTypeOf(stored, kind, event),
    kind,
    businessId: facts.values.businessId ?? null,
    primaryId,
    paymentRequestId: facts.ids.paymentRequest,
    status: facts.status,
    codes: codesOf(facts),
    currency: facts.values.currency ?? null,
    time: instantAt(payload, "updated") ?? instantAt(payload, "updated_at"),
    dedupeKey: key,
    contentDigest,
    material: materialOf(facts),
    links: linksOf(kind, facts, key),
    tokens: facts.ids.token ? [facts.ids.token] : [],
    verdict: classify({ kind, source: stored.source, masked: stored.masked, facts }),
    facts,
  };
}

function unreadable(stored: StoredObservation): Observation {
  const facts = readFacts({}, null, "unreadable", null, null);
  return observation(stored, "unreadable", null, facts, {}, sha256(stored.bytes));
}

/** Names nothing and tells nothing, but stays the event of its key and content: a retry is known by them. */
function expunged(stored: StoredObservation, { contentDigest, eventType, businessId }: Expunged): Observation {
  const facts = readFacts({}, null, "unreadable", null, null);
  const read = observation(stored, "unreadable", null, facts, {}, contentDigest);
  return {
    ...read,
    eventType,
    businessId,
    verdict: { state: "quarantined", reason: "expunged", needsLink: false },
  };
}

function readFacts(
  payload: JsonObject,
  outerBusinessId: string | null,
  kind: ObservationKind,
  event: string | null,
  content: Json,
): Facts {
  const impliedStatus = statusOfEvent(event);
  return {
    values: readValues(payload, outerBusinessId),
    ids: readIds(payload, kind),
    card: readCard(payload),
    status: textAt(payload, "status") ?? impliedStatus,
    impliedStatus,
    captures: readCaptures(payload),
    createdAt: instantAt(payload, "created") ?? instantAt(payload, "created_at"),
    expiresAt: instantAt(payload, "expires_at") ?? instantAt(payload, "channel_properties", "expires_at"),
    dueAt: instantAt(payload, "due_date"),
    ...readPresence(payload),
    content,
  };
}

/** A capture without an id cannot be counted once, so it is not counted. */
function readCaptures(payload: JsonObject): readonly CaptureFact[] {
  return listAt(payload, "captures").flatMap((item) => {
    const captureId = textAt(item, "capture_id") ?? textAt(item, "id");
    if (!captureId) return [];
    const amount = textAt(item, "capture_amount") ?? textAt(item, "amount");
    return [{ captureId, amount, capturedAt: instantAt(item, "capture_timestamp") }];
  });
}

function codesOf({ values }: Facts): ResultCodes {
  return {
    eci: values.eci ?? null,
    cvn: values.cvn ?? null,
    avs: values.avs ?? null,
    response: values.response ?? null,
    failureCode: values.failureCode ?? null,
  };
}

function eventTypeOf(stored: StoredObservation, kind: ObservationKind, event: string | null): string {
  if (stored.source === "claim") return "claim";
  if (stored.source === "api") return `api ${stored.subject ?? "answer"}`;
  if (kind === "unreadable") return "(unreadable)";
  return event ?? "(no event)";
}

function kindOfSubject({ source, subject }: StoredObservation): ObservationKind {
  if (source === "claim") return "payment_request";
  switch (subject) {
    case "session":
    case "payment_request":
    case "payment":
    case "refund":
    case "token":
      return subject;
    default:
      return "other";
  }
}

/** Captures link too: one capture id must end up in one place, whichever payments name it. */
function linksOf(kind: ObservationKind, facts: Facts, key: string | null): readonly string[] {
  const { ids, values, captures, card } = facts;
  // A reusable code takes any number of payments; tied together they would be folded again with every one.
  const reusable = values.type === "REUSABLE_PAYMENT_CODE" && card !== "yes";
  const links = [
    reusable ? null : ids.paymentRequest,
    ids.payment,
    ids.latestPayment,
    ids.session,
    kind === "refund" ? ids.refund : null,
    kind === "dispute" ? ids.dispute : null,
    ...captures.map(({ captureId }) => (xenditIdKind(captureId) === "capture" ? captureId : null)),
    key === null ? null : `key:${key}`,
  ];
  return [...new Set(links.filter((link) => link !== null))].sort();
}
