import { type ActionFunctionArgs, redirect } from "@remix-run/node";
import { z } from "zod";
import { askXendit } from "~/domain/checks/ask-xendit.server.ts";
import { requireOperator } from "~/domain/operators/require-operator.server.ts";
import { ENVIRONMENTS } from "~/lib/environment.ts";
import { parseForm } from "~/lib/form.ts";
import { paths, withParams } from "~/lib/paths.ts";
import { redirectWithToast } from "~/lib/toast.server.ts";

const AskForm = z.object({
  environment: z.enum(ENVIRONMENTS),
  id: z.string().trim().min(1).max(200),
});

/** There is nothing to look at here: the button is where an id was searched for in vain. */
export function loader() {
  return redirect(paths.overview());
}

export async function action({ request, context }: ActionFunctionArgs) {
  const parsed = parseForm(AskForm, await request.formData());
  const given = parsed.ok ? parsed.value : null;
  const by = await requireOperator({ request, context }, "xendit:check", given?.environment);
  if (!given) throw new Response("Which id to ask for was not said.", { status: 400 });
  const { environment, id } = given;
  const { db, config } = context;
  const asked = await askXendit(db, { environment, id }, { config, by, now: new Date() });
  if (!asked.ok && asked.refusal === "not_shown") {
    const page = withParams(paths.payment(id), { environment });
    return redirectWithToast(page, { tone: "look", text: asked.text }, context);
  }
  if (!asked.ok) {
    const page = withParams(paths.search(), { q: id, environment });
    return redirectWithToast(page, { tone: "bad", text: asked.text }, context);
  }
  const page = asked.kind === "payment" ? paths.payment(asked.id) : paths.session(asked.id);
  const text = "Xendit knows it: read from its API just now.";
  return redirectWithToast(withParams(page, { environment }), { tone: "good", text }, context);
}
