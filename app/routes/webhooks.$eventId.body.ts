import type { LoaderFunctionArgs } from "@remix-run/node";
import { requireOperator } from "~/domain/operators/require-operator.server.ts";
import { findWebhookBody, readBody } from "~/domain/webhooks/find-webhook.server.ts";
import { revealPersonal } from "~/domain/webhooks/reveal-personal.server.ts";

/** The stored bytes, exactly. A body with personal data leaves a trace in the audit log and needs the permission. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const eventId = params.eventId ?? "";
  const operator = await requireOperator({ request, context }, "payments:read");
  const body = await findWebhookBody(context.db, operator.scope, eventId);
  if (!body) throw new Response("Not found", { status: 404 });
  if (readBody(body.bytes).hasPersonal) {
    const revealer = await requireOperator({ request, context }, "pii:reveal");
    const reason = "Downloaded the exact body";
    const revealed = await revealPersonal(context.db, { eventId, operator: revealer, reason, now: new Date() });
    if (!revealed) throw new Response("Not found", { status: 404 });
  }
  return new Response(new Uint8Array(body.bytes), {
    headers: {
      // Never a type a browser would draw: the body is somebody else's text.
      "Content-Type": "application/octet-stream",
      "Content-Disposition": `attachment; filename="${eventId.replace(/[^\w-]/g, "")}.json"`,
      "Content-Length": String(body.bytes.byteLength),
      "Content-Security-Policy": "default-src 'none'; sandbox",
      "X-Content-Type-Options": "nosniff",
      "Cache-Control": "no-store",
    },
  });
}
