import type { ActionFunctionArgs } from "@remix-run/node";
import { requireOperator } from "~/domain/operators/require-operator.server.ts";
import { HandBack, type HandBackRefusal, handBack, handBackRefusalText } from "~/domain/sessions/hand-back.server.ts";

/** Three short fields; more than this is something else. */
const MAX_LENGTH = 1000;

const statusOf: Record<HandBackRefusal, number> = {
  absent: 404,
  already: 409,
  belongs_elsewhere: 409,
  too_late: 409,
  too_many: 429,
};

/** The CVN page tells which payment request its CVN led to. Answers JSON: a script asks. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const operator = await requireOperator({ request, context }, "sessions:create");
  const claim = HandBack.safeParse(await readJson(request));
  if (!claim.success) return refusal(400, "invalid", "A hand-back names a payment request, and nothing else.");
  const result = await handBack(context.db, claim.data, {
    scope: operator.scope,
    paymentSessionId: params.paymentSessionId ?? "",
    operatorId: operator.operatorId,
    now: new Date(),
  });
  if (!result.ok) return refusal(statusOf[result.refusal], result.refusal, handBackRefusalText[result.refusal]);
  context.signals.ring("polls");
  return Response.json({ stored: true });
}

/** What is refused is never repeated: neither in the answer nor in a log. */
async function readJson(request: Request): Promise<unknown> {
  if (!request.headers.get("content-type")?.startsWith("application/json")) return null;
  const text = await request.text();
  if (text.length > MAX_LENGTH) return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function refusal(status: number, code: string, message: string): Response {
  return Response.json({ error: { type: "hand_back", code, message } }, { status });
}
