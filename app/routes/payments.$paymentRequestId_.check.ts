import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { z } from "zod";
import { checkPayment, checkRefusals } from "~/domain/checks/check-payment.server.ts";
import { listChecks } from "~/domain/checks/list-checks.server.ts";
import { requireOperator } from "~/domain/operators/require-operator.server.ts";
import { ENVIRONMENTS } from "~/lib/environment.ts";
import { parseForm } from "~/lib/form.ts";
import { paths, withParams } from "~/lib/paths.ts";
import { redirectWithToast } from "~/lib/toast.server.ts";

const CheckForm = z.object({ environment: z.enum(ENVIRONMENTS) });

/** There is nothing to look at here: the button is on the payment's page. */
export function loader({ params }: LoaderFunctionArgs) {
  return redirect(paths.payment(params.paymentRequestId ?? ""));
}

/** Asks even when the browser has gone meanwhile: a second click drops the first request, not the check. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const parsed = parseForm(CheckForm, await request.formData());
  const environment = parsed.ok ? parsed.value.environment : undefined;
  const by = await requireOperator({ request, context }, "xendit:check", environment);
  if (!environment) throw new Response("Which environment was not said.", { status: 400 });
  const { db, config } = context;
  const key = { environment, paymentRequestId: params.paymentRequestId ?? "" };
  const page = `${withParams(paths.payment(key.paymentRequestId), { environment })}#check`;
  const checked = await checkPayment(db, key, { config, by, now: new Date() });
  if (!checked.ok) {
    if (checked.refusal === "absent") throw new Response("Not found", { status: 404 });
    const tone = checked.refusal === "just_checked" ? "waiting" : "bad";
    return redirectWithToast(page, { tone, text: checkRefusals[checked.refusal] }, context);
  }
  const [latest] = await listChecks(db, by.scope, key);
  const { tone, text } = latest?.summary ?? { tone: "good", text: "Checked with Xendit." };
  return redirectWithToast(page, { tone: tone === "unknown" ? "look" : tone, text }, context);
}
