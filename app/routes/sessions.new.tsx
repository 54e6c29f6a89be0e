import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData, useNavigation } from "@remix-run/react";
import { LeverFields } from "~/components/sessions/lever-fields.tsx";
import { RefusedStart } from "~/components/sessions/refused-start.tsx";
import { CustomerFields, PaymentFields } from "~/components/sessions/session-fields.tsx";
import { Button, ButtonLink } from "~/components/ui/button.tsx";
import { Notice } from "~/components/ui/notice.tsx";
import { Page } from "~/components/ui/page.tsx";
import { settleEnvironment } from "~/domain/lists/settle-filters.ts";
import { requireOperator } from "~/domain/operators/require-operator.server.ts";
import { findNewSessionPage, obstaclesOf } from "~/domain/sessions/new-session-page.server.ts";
import { refusedFields } from "~/domain/sessions/refused-fields.ts";
import { NewSessionForm } from "~/domain/sessions/session-form.ts";
import { sessionPath } from "~/domain/sessions/session-path.ts";
import { type Started, startRefusalText, startSession } from "~/domain/sessions/start-session.server.ts";
import { environmentLabel, isEnvironment } from "~/lib/environment.ts";
import { parseForm, refuseForm } from "~/lib/form.ts";
import { paths, withParams } from "~/lib/paths.ts";
import { redirectWithToast } from "~/lib/toast.server.ts";

export const meta: MetaFunction = () => [{ title: "New test session · Paydesk" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const operator = await requireOperator({ request, context }, "sessions:create");
  const { config, db } = context;
  const asked = new URL(request.url).searchParams.get("environment");
  // Live is looked at too, only to say why it is refused.
  if (asked === "live") return { live: true as const, obstacles: obstaclesOf(config, "live") };
  const environment = settleEnvironment(isEnvironment(asked) ? asked : null, operator.scope, config.defaultEnvironment);
  if (environment === null) throw new Response("Not found", { status: 404 });
  return { live: false as const, page: await findNewSessionPage(db, config, environment) };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const operator = await requireOperator({ request, context }, "sessions:create");
  const formData = await request.formData();
  const form = parseForm(NewSessionForm, formData);
  if (!form.ok) return data({ ...form, refusal: null }, { status: 400 });
  const started = await startSession(context.db, form.value, {
    config: context.config,
    by: operator,
    now: new Date(),
  });
  if (!started.ok) return data(refusedStart(formData, started), { status: 409 });
  context.signals.ring("polls");
  const { environment } = form.value;
  const page = sessionPath({ paymentSessionId: started.paymentSessionId, environment }, context.config);
  return redirectWithToast(page, { tone: "good", text: "Session started. The CVN is next." }, context);
}

function refusedStart(formData: FormData, started: Extract<Started, { ok: false }>) {
  const error = started.refusal === "xendit" ? started.error : null;
  const message = started.refusal === "xendit" ? started.error.message : startRefusalText[started.refusal];
  const refusal = { message, error, exchange: started.exchange ?? null };
  return { ...refuseForm(formData, error ? refusedFields(error) : {}), refusal };
}

export default function NewSessionPage() {
  const loaded = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const navigation = useNavigation();
  if (loaded.live) {
    return (
      <Page title="New test session" narrow>
        {loaded.obstacles.map((obstacle) => (
          <Notice key={obstacle.title} tone="bad" title={obstacle.title}>
            {obstacle.text}
          </Notice>
        ))}
      </Page>
    );
  }
  const { page } = loaded;
  const fields = { errors: refused?.errors ?? {}, values: refused?.values ?? {} };
  const isBusy = navigation.state !== "idle" && navigation.formMethod === "POST";
  const isStopped = page.obstacles.some((obstacle) => obstacle.stops);
  return (
    <Page
      title="New test session"
      subtitle={`One one-click card payment in ${environmentLabel[page.environment]}, from the session to its webhook.`}
      actions={
        <ButtonLink to={withParams(paths.saveCard(), { environment: page.environment })}>Save a test card</ButtonLink>
      }
      narrow
    >
      {page.obstacles.map((obstacle) => (
        <Notice key={obstacle.title} tone={obstacle.stops ? "bad" : "look"} title={obstacle.title}>
          {obstacle.text}
        </Notice>
      ))}
      {refused?.refusal && <RefusedStart {...refused.refusal} />}
      <Form method="post" className="flex flex-col gap-4" noValidate>
        <input type="hidden" name="environment" value={page.environment} />
        <PaymentFields page={page} {...fields} />
        {page.hasLevers ? <LeverFields {...fields} /> : <NoLevers />}
        <CustomerFields {...fields} />
        <Button type="submit" tone="primary" className="self-start" disabled={isBusy || isStopped}>
          {isBusy ? "Starting…" : "Start test session"}
        </Button>
      </Form>
    </Page>
  );
}

function NoLevers() {
  return (
    <Notice tone="unknown" title="No levers in test mode">
      Xendit decides 3-D Secure, network, CVN, AVS and response by the card and the amount. The sandbox lets you choose
      them.
    </Notice>
  );
}
