import type { ActionFunctionArgs } from "@remix-run/node";
import { proofDocument } from "~/components/proof/proof-document.server.tsx";
import { requireOperator } from "~/domain/operators/require-operator.server.ts";
import { settlePreferences } from "~/domain/preferences/preferences.ts";
import { EvidenceForm, evidenceRefusals } from "~/domain/proof/evidence.ts";
import { makeEvidence } from "~/domain/proof/make-evidence.server.ts";
import { type FieldErrors, parseForm } from "~/lib/form.ts";

/** The evidence bundle. Only a POST makes one: it is written down with a reason, and no link should do that. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const operator = await requireOperator({ request, context }, "export:csv");
  const form = parseForm(EvidenceForm, await request.formData());
  if (!form.ok) return refuse(request, 400, form.errors);

  const { environment, reason, personal, notes } = form.value;
  const outcome = await makeEvidence(context.db, {
    paymentRequestId: params.paymentRequestId ?? "",
    environment,
    operator,
    reason,
    includePersonal: personal === "yes",
    includeNotes: notes === "yes",
    zone: settlePreferences(operator.preferences).zone,
    now: new Date(),
    drawProof: ({ proof, cut }, { createdAt, createdBy, zone }) =>
      proofDocument(proof, { at: createdAt, by: createdBy, zone }, cut),
    signal: request.signal,
  });
  if (outcome.ok) return zipResponse(outcome.name, outcome.stream);
  switch (outcome.refusal) {
    case "absent":
      throw new Response("Not found", { status: 404 });
    case "may_not_reveal":
      return refuse(request, 403, { personal: "Your role may not include personal data" });
    default:
      return refuse(request, 413, { form: evidenceRefusals[outcome.refusal] });
  }
}

function zipResponse(name: string, stream: ReadableStream<Uint8Array>): Response {
  return new Response(stream, {
    headers: {
      "Content-Type": "application/zip",
      "Content-Disposition": `attachment; filename="${name}"`,
      "X-Content-Type-Options": "nosniff",
      "Cache-Control": "no-store",
    },
  });
}

/** A script gets the sentences by field; a browser on its own gets them to read, and its Back button keeps what was typed. */
function refuse(request: Request, status: number, errors: FieldErrors): Response {
  const headers = { "Cache-Control": "no-store" };
  if (request.headers.get("accept")?.includes("application/json"))
    return Response.json({ errors }, { status, headers });
  const text = `No evidence bundle was made.\n${Object.values(errors).join("\n")}\n`;
  return new Response(text, { status, headers: { ...headers, "Content-Type": "text/plain; charset=utf-8" } });
}
