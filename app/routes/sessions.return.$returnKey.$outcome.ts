import { type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { requireOperator } from "~/domain/operators/require-operator.server.ts";
import { recordReturn } from "~/domain/sessions/record-return.server.ts";
import { sessionPath } from "~/domain/sessions/session-path.ts";

/** Where 3-D Secure sends the browser back to. Noted, then on to the session, which waits for the webhook. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const operator = await requireOperator({ request, context }, "payments:read");
  const { returnKey = "", outcome } = params;
  if (outcome !== "success" && outcome !== "failure") throw new Response("Not found", { status: 404 });
  const session = await recordReturn(context.db, {
    returnKey,
    outcome,
    environments: operator.scope.environments,
    now: new Date(),
  });
  if (!session) throw new Response("No session here has this return address.", { status: 404 });
  context.signals.ring("polls");
  return redirect(sessionPath(session, context.config));
}
