import { sha256 } from "./canonical.ts";
import type { Facts } from "./facts.ts";
import type { ObservationKind, StoredObservation } from "./observation.ts";

/** Kinds that tell the same id and status again at another time. */
const KEYED_BY_TIME: ReadonlySet<ObservationKind> = new Set(["dispute", "token", "report"]);

/** Longer keys (a sender may put anything into `webhook-id`) are kept as a digest. */
const MAX_LENGTH = 300;

interface Keyed {
  readonly stored: Pick<StoredObservation, "environment" | "source" | "webhookId" | "bytes">;
  readonly kind: ObservationKind;
  readonly event: string | null;
  readonly primaryId: string | null;
  readonly facts: Facts;
  readonly updated: string | null;
  readonly contentDigest: string;
}

/** RULES 3's key: what makes two arrivals the same event. `null` for what is not an event. */
export function dedupeKey({ stored, kind, event, primaryId, facts, updated, contentDigest }: Keyed): string | null {
  if (stored.source !== "webhook") return null;
  if (stored.webhookId) return joined(stored.environment, "webhook-id", stored.webhookId);
  if (kind === "unreadable") return joined(stored.environment, "bytes", contentDigest);
  const captures = facts.captures.map((capture) => capture.captureId).sort();
  const time = KEYED_BY_TIME.has(kind) ? (updated ?? "") : "";
  const id = primaryId ?? contentDigest;
  return joined(stored.environment, event ?? "", id, captures.join(","), facts.status ?? "", time);
}

/** The id an event is about. A payment request's is its own `pr-`: by its token, two requests would be one event. */
export function primaryIdOf(kind: ObservationKind, { ids }: Facts): string | null {
  switch (kind) {
    case "payment":
      return ids.payment ?? ids.flat;
    case "payment_request":
      return ids.paymentRequest ?? ids.flat;
    case "session":
      return ids.session;
    case "token":
      return ids.token;
    case "refund":
      return ids.refund;
    case "dispute":
      return ids.dispute;
    case "report":
      return ids.report;
    default:
      return ids.payment ?? ids.session ?? ids.flat;
  }
}

function joined(...parts: readonly string[]): string {
  const key = parts.map((part) => part.replace(/[\\|]/g, "\\$&")).join("|");
  return key.length <= MAX_LENGTH ? key : `${parts[0]}|digest|${sha256(key)}`;
}
