import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, useActionData, useLoaderData, useNavigation } from "@remix-run/react";
import { LeverFields } from "~/components/sessions/lever-fields.tsx";
import { RefusedStart } from "~/components/sessions/refused-start.tsx";
import { CustomerFields, PaymentFields } from "~/components/sessions/session-fields.tsx";
import { Button, ButtonLink } from "~/components/ui/button.tsx";
import { Notice } from "~/components/ui/notice.tsx";
import { Page } from "~/components/ui/page.tsx";
import { useFocusError } from "~/components/ui/use-focus-error.ts";
import { requireOperator } from "~/domain/operators/require-operator.server.ts";
import {
  findNewSessionPage,
  isLiveOnly,
  obstaclesOf,
  startingEnvironment,
} from "~/domain/sessions/new-session-page.server.ts";
import { NewSessionForm } from "~/domain/sessions/session-form.ts";
import { sessionPath } from "~/domain/sessions/session-path.ts";
import { refusedStart, startSession } from "~/domain/sessions/start-session.server.ts";
import { environmentLabel, isEnvironment } from "~/lib/environment.ts";
import { type FieldValues, parseForm, refuseForm } from "~/lib/form.ts";
import { paths, withParams } from "~/lib/paths.ts";
import { redirectWithToast } from "~/lib/toast.server.ts";

export const meta: MetaFunction = () => [{ title: "New test session · Paydesk" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const operator = await requireOperator({ request, context }, "sessions:create");
  const { config, db } = context;
  const params = new URL(request.url).searchParams;
  const asked = params.get("environment");
  // Live is looked at too, only to say why it is refused.
  if (asked === "live" || (asked === null && isLiveOnly(config)))
    return { live: true as const, obstacles: obstaclesOf(config, "live") };
  const environment = isEnvironment(asked) ? asked : startingEnvironment(config, operator.scope);
  if (environment === null || !operator.scope.environments.includes(environment)) {
    throw new Response("Not found", { status: 404 });
  }
  // Another environment than every page starts in is named in the address: the frame shows what the address says.
  if (asked !== environment && environment !== config.defaultEnvironment) {
    throw redirect(withParams(paths.newSession(), { environment }));
  }
  const page = await findNewSessionPage(db, config, environment);
  return { live: false as const, page, card: params.get("card") };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const operator = await requireOperator({ request, context }, "sessions:create");
  const formData = await request.formData();
  const form = parseForm(NewSessionForm, formData);
  if (!form.ok) return data({ ...form, refusal: null }, { status: 400 });
  const { config, db } = context;
  const started = await startSession(db, form.value, { config, by: operator, now: new Date() });
  if (!started.ok) {
    const { errors, refusal } = refusedStart(started);
    return data({ ...refuseForm(formData, errors), refusal }, { status: 409 });
  }
  context.signals.ring("polls");
  const { environment } = form.value;
  const page = sessionPath({ paymentSessionId: started.paymentSessionId, environment }, config);
  return redirectWithToast(page, { tone: "good", text: "Session started. The CVN is next." }, context);
}

export default function NewSessionPage() {
  const loaded = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  useFocusError(refused);
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
  const asked: FieldValues = loaded.card === null ? {} : { savedCard: loaded.card };
  const fields = { errors: refused?.errors ?? {}, values: refused?.values ?? asked };
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
      {!isStopped && (
        <Form method="post" className="flex flex-col gap-4" noValidate>
          <input type="hidden" name="environment" value={page.environment} />
          <PaymentFields page={page} {...fields} />
          {page.hasLevers ? <LeverFields {...fields} /> : <NoLevers />}
          <CustomerFields {...fields} />
          <Button type="submit" tone="primary" className="self-start" disabled={isBusy}>
            {isBusy ? "Starting…" : "Start test session"}
          </Button>
        </Form>
      )}
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
