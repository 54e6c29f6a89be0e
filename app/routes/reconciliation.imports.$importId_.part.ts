import { type ActionFunctionArgs, redirect } from "@remix-run/node";
import { requireOperator } from "~/domain/operators/require-operator.server.ts";
import { type ImportRefusal, importRefusals } from "~/domain/reconciliation/import.ts";
import { receivePart } from "~/domain/reconciliation/receive-part.server.ts";
import { paths } from "~/lib/paths.ts";

const statusOf: Partial<Record<ImportRefusal, number>> = {
  not_found: 404,
  part_too_large: 413,
  part_too_long: 400,
  no_room: 507,
};

/** `PUT …/part?offset=N`: the bytes of a file from N on. 409 says how much is there when that is not N. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const operator = await requireOperator({ request, context }, "reconciliation:import");
  const offset = new URL(request.url).searchParams.get("offset") ?? "";
  if (request.method !== "PUT" || !/^\d{1,12}$/.test(offset)) {
    return refuse(400, "invalid", "A part is sent with PUT and ?offset=N.");
  }
  const bytes = new Uint8Array(await request.arrayBuffer());
  const part = { importId: params.importId ?? "", offset: Number(offset), bytes, operator, now: new Date() };
  const received = await receivePart(context, part);
  if (!received.ok)
    return refuse(statusOf[received.refusal] ?? 409, received.refusal, importRefusals[received.refusal]);
  const isTaken = received.value.isWhole || received.value.received === part.offset + bytes.length;
  return Response.json(received.value, { status: isTaken ? 200 : 409, headers: { "Cache-Control": "no-store" } });
}

export function loader({ params }: { params: { importId?: string } }) {
  return redirect(paths.reconciliationImport(params.importId ?? ""));
}

function refuse(status: number, code: string, message: string): Response {
  return Response.json({ error: { type: "upload", code, message } }, { status });
}
