import type { Database } from "~/db.server.ts";
import type { Scope } from "~/lib/scope.ts";
import { auditStatement } from "../operators/audit.server.ts";
import { bodyText, findWebhookBody, firstBytes } from "./find-webhook.server.ts";

export interface RevealPersonal {
  readonly eventId: string;
  /** `scope` is already narrowed to `pii:reveal`. */
  readonly operator: { readonly operatorId: string; readonly email: string; readonly scope: Scope };
  readonly reason: string;
  readonly now: Date;
}

export interface Revealed {
  readonly bytes: Uint8Array;
  readonly text: string;
  /** Of bytes that are no text, the first of them. */
  readonly base64: string | null;
}

/** A body with its personal data, written down before it is shown; `null` when the event is not there to see. */
export async function revealPersonal(
  db: Database,
  { eventId, operator, reason, now }: RevealPersonal,
): Promise<Revealed | null> {
  const body = await findWebhookBody(db, operator.scope, eventId);
  if (!body) return null;
  const entry = { operator, action: "pii:reveal", environment: body.environment, subject: eventId, reason, now };
  const written = await db.write([auditStatement(db, entry)]);
  if (!written.ok) throw new Error("The reveal could not be written to the audit log");
  const { text, isText } = bodyText(body.bytes);
  return { bytes: body.bytes, text, base64: isText ? null : firstBytes(body.bytes) };
}
