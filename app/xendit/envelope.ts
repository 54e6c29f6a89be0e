import { isJsonObject, type JsonObject } from "./bodies/json.ts";
import { textAt } from "./fields.ts";

/** Wrapped once, twice (refunds in the reference), or not at all (disputes, reports, older products). */
const MAX_WRAPPINGS = 3;

export interface Opened {
  readonly event: string | null;
  /** The object itself. */
  readonly payload: JsonObject;
  /** The wrapping's business id; the object's own comes first, they differ at times. */
  readonly outerBusinessId: string | null;
  /** The whole body without the envelopes' `created`, which is the time of this delivery and changes on retry. */
  readonly content: JsonObject;
}

export function openEnvelope(body: JsonObject, wrappings = MAX_WRAPPINGS): Opened {
  const event = textAt(body, "event");
  const { data } = body;
  if (wrappings === 0 || !isJsonObject(data)) {
    return { event, payload: body, outerBusinessId: null, content: body };
  }
  const inner = openEnvelope(data, wrappings - 1);
  const { created: _, ...rest } = body;
  return {
    event: event ?? inner.event,
    payload: inner.payload,
    outerBusinessId: inner.outerBusinessId ?? textAt(body, "business_id"),
    content: { ...rest, data: inner.content },
  };
}
