import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData, useNavigation } from "@remix-run/react";
import { ExpungePlan, ExpungeSubject } from "~/components/quarantine/expunge-plan.tsx";
import { Button, ButtonLink } from "~/components/ui/button.tsx";
import { TextareaField, TextField } from "~/components/ui/field.tsx";
import { Notice } from "~/components/ui/notice.tsx";
import { Page } from "~/components/ui/page.tsx";
import { Panel } from "~/components/ui/panel.tsx";
import { useFocusError } from "~/components/ui/use-focus-error.ts";
import { requireOperator } from "~/domain/operators/require-operator.server.ts";
import { expungeRefusals, expungeWebhook } from "~/domain/quarantine/expunge-webhook.server.ts";
import { findExpungeable } from "~/domain/quarantine/find-expungeable.server.ts";
import { CONFIRMED_BY } from "~/domain/quarantine/quarantine.ts";
import { expungeForm } from "~/domain/quarantine/quarantine-forms.ts";
import { parseForm } from "~/lib/form.ts";
import { paths } from "~/lib/paths.ts";
import { redirectWithToast } from "~/lib/toast.server.ts";

export const meta: MetaFunction = () => [{ title: "Expunge a body · Paydesk" }];

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const operator = await requireOperator({ request, context }, "webhooks:expunge");
  const event = await findExpungeable(context.db, operator.scope, params.eventId ?? "");
  if (!event) throw new Response("Not found", { status: 404 });
  return { event };
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const operator = await requireOperator({ request, context }, "webhooks:expunge");
  const eventId = params.eventId ?? "";
  const form = parseForm(expungeForm(eventId), await request.formData());
  if (!form.ok) return data({ errors: form.errors, values: form.values }, { status: 400 });

  const { reason } = form.value;
  const expunged = await expungeWebhook(context.db, { eventId, reason, operator, now: new Date() });
  if (!expunged.ok) {
    if (expunged.refusal === "absent") throw new Response("Not found", { status: 404 });
    return data({ errors: { form: expungeRefusals[expunged.refusal] }, values: {} }, { status: 409 });
  }
  const { count, isWiped } = expunged.value;
  const what = count === 1 ? "The body was expunged" : `The bodies of ${count} events were expunged`;
  const log = isWiped ? "" : "; a long read still holds the write-ahead log, which is emptied when Paydesk stops";
  return redirectWithToast(paths.webhook(eventId), { tone: isWiped ? "good" : "look", text: what + log }, context);
}

export default function ExpungePage() {
  const { event } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const isBusy = useNavigation().formMethod === "POST";
  useFocusError(answer?.errors);
  const errors: Readonly<Record<string, string>> = answer?.errors ?? {};
  const values: Readonly<Record<string, string>> = answer?.values ?? {};
  return (
    <Page
      title="Expunge a body"
      back={<Link to={paths.webhook(event.eventId)}>{event.eventType}</Link>}
      subtitle="For a body that held a secret which should never have been in it. Everything else is better set aside."
      environment={event.environment}
      narrow
    >
      {errors.form && <Notice tone="bad" title={errors.form} urgent />}
      {event.isExpunged ? (
        <Notice
          tone="unknown"
          title="Its body was expunged before"
          action={<ButtonLink to={paths.webhook(event.eventId)}>To the webhook</ButtonLink>}
        />
      ) : (
        <div className="flex flex-col gap-4">
          <ExpungeSubject event={event} />
          <ExpungePlan event={event} />
          <Panel title="Expunge it">
            <Form method="post" className="flex flex-col gap-3">
              <TextareaField
                label="Why"
                name="reason"
                rows={3}
                required
                minLength={10}
                maxLength={300}
                defaultValue={values.reason}
                error={errors.reason}
                hint="Say which field held what kind of secret, never the secret itself: this is kept for good."
              />
              <TextField
                label={`The last ${CONFIRMED_BY} characters of the event's id`}
                name="confirmation"
                required
                autoComplete="off"
                spellCheck={false}
                className="max-w-[200px] font-mono"
                defaultValue={values.confirmation}
                error={errors.confirmation}
                hint={
                  <>
                    Type <span className="font-mono">{event.eventId.slice(-CONFIRMED_BY)}</span> to confirm.
                  </>
                }
              />
              <div className="flex flex-wrap gap-2">
                <Button type="submit" tone="danger" disabled={isBusy}>
                  Expunge {event.twins.length === 0 ? "1 body" : `${event.twins.length + 1} bodies`} in{" "}
                  {event.environment}
                </Button>
                <ButtonLink to={paths.webhook(event.eventId)}>Keep it</ButtonLink>
              </div>
            </Form>
          </Panel>
        </div>
      )}
    </Page>
  );
}
