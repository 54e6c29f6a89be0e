import { type ActionFunctionArgs, redirect } from "@remix-run/node";
import { z } from "zod";
import { requireOperator } from "~/domain/operators/require-operator.server.ts";
import { forgetLookups, rememberLookup } from "~/domain/search/lookups.server.ts";
import { TARGET_KINDS } from "~/domain/search/search-answer.ts";
import { ENVIRONMENTS } from "~/lib/environment.ts";
import { parseForm } from "~/lib/form.ts";
import { paths } from "~/lib/paths.ts";

const LookupForm = z.discriminatedUnion("intent", [
  z.object({
    intent: z.literal("remember"),
    kind: z.enum(TARGET_KINDS),
    environment: z.enum(ENVIRONMENTS),
    id: z.string().min(1).max(255),
  }),
  z.object({ intent: z.literal("forget") }),
]);

/** There is nothing to look at here: recent look-ups stand in the search box. */
export function loader() {
  return redirect(paths.search());
}

/** Keeps a result that was chosen, or forgets all that were: the operator's own. */
export async function action({ request, context }: ActionFunctionArgs) {
  const operator = await requireOperator({ request, context }, "payments:read");
  const form = parseForm(LookupForm, await request.formData());
  if (!form.ok) throw new Response("This form was not understood.", { status: 400 });
  const { operatorId, scope } = operator;
  if (form.value.intent === "remember") {
    const { intent: _, ...target } = form.value;
    await rememberLookup(context.db, scope, { operatorId, target, now: new Date() });
    return new Response(null, { status: 204 });
  }
  await forgetLookups(context.db, { operatorId });
  return redirect(paths.search());
}
