import { OWN_PREFIXES, xenditIdKind } from "../../lib/ids.ts";
import { shapeOf } from "../../xendit/shapes/shapes.ts";

/** One side of a comparison, as the URL names it. */
export type DiffSide =
  /** An event's body. */
  | { readonly kind: "event"; readonly id: string }
  /** One arrival's own bytes. */
  | { readonly kind: "receipt"; readonly id: string }
  /** An answer of Xendit's API that was kept. */
  | { readonly kind: "answer"; readonly observationId: number }
  /** What Xendit documents of an event. */
  | { readonly kind: "documented"; readonly eventType: string }
  /** What Xendit's API would answer now. */
  | { readonly kind: "present"; readonly id: string };

/** `evt_…`, `rct_…`, `obs_7`, `doc:payment.capture`, `api:py-…`; `null` for anything else. */
export function parseSide(text: string | null): DiffSide | null {
  if (text === null) return null;
  if (text.startsWith(OWN_PREFIXES.event)) return { kind: "event", id: text };
  if (text.startsWith(OWN_PREFIXES.receipt)) return { kind: "receipt", id: text };
  const observation = /^obs_([1-9]\d{0,15})$/.exec(text)?.[1];
  if (observation) return { kind: "answer", observationId: Number(observation) };
  if (text.startsWith("doc:")) {
    const eventType = text.slice(4);
    return shapeOf(eventType) && { kind: "documented", eventType };
  }
  if (text.startsWith("api:") && isAskable(text.slice(4))) return { kind: "present", id: text.slice(4) };
  return null;
}

export function sideName(side: DiffSide): string {
  if (side.kind === "answer") return `obs_${side.observationId}`;
  if (side.kind === "documented") return `doc:${side.eventType}`;
  return side.kind === "present" ? `api:${side.id}` : side.id;
}

/** Xendit can be asked for payment requests, payments and sessions. */
export function isAskable(id: string): boolean {
  const kind = xenditIdKind(id);
  return kind === "payment_request" || kind === "payment" || kind === "session";
}
