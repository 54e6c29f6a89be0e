import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData, useNavigation } from "@remix-run/react";
import { RefusedStart } from "~/components/sessions/refused-start.tsx";
import { CountryField, CurrencyField, CustomerFields, ReferenceField } from "~/components/sessions/session-fields.tsx";
import { Button } from "~/components/ui/button.tsx";
import { Notice } from "~/components/ui/notice.tsx";
import { Page } from "~/components/ui/page.tsx";
import { Panel } from "~/components/ui/panel.tsx";
import { useFocusError } from "~/components/ui/use-focus-error.ts";
import { requireOperator } from "~/domain/operators/require-operator.server.ts";
import { isLiveOnly, obstaclesOf, startingEnvironment } from "~/domain/sessions/new-session-page.server.ts";
import { SaveCardForm } from "~/domain/sessions/session-form.ts";
import { sessionPath } from "~/domain/sessions/session-path.ts";
import { refusedStart, startSaveSession } from "~/domain/sessions/start-session.server.ts";
import { isEnvironment } from "~/lib/environment.ts";
import { parseForm, refuseForm } from "~/lib/form.ts";
import { paths, withParams } from "~/lib/paths.ts";
import { redirectWithToast } from "~/lib/toast.server.ts";

export const meta: MetaFunction = () => [{ title: "Save a test card · Paydesk" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const operator = await requireOperator({ request, context }, "sessions:create");
  const { config } = context;
  const asked = new URL(request.url).searchParams.get("environment");
  // The page before this one says why nothing can be started with a live key.
  if (asked === null && isLiveOnly(config)) throw redirect(paths.newSession());
  const environment = isEnvironment(asked) ? asked : startingEnvironment(config, operator.scope);
  if (environment === null || !operator.scope.environments.includes(environment)) {
    throw new Response("Not found", { status: 404 });
  }
  // Another environment than every page starts in is named in the address: the frame shows what the address says.
  if (asked !== environment && environment !== config.defaultEnvironment) {
    throw redirect(withParams(paths.saveCard(), { environment }));
  }
  return { environment, obstacles: obstaclesOf(config, environment) };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const operator = await requireOperator({ request, context }, "sessions:create");
  const formData = await request.formData();
  const form = parseForm(SaveCardForm, formData);
  if (!form.ok) return data({ ...form, refusal: null }, { status: 400 });
  const { config, db } = context;
  const started = await startSaveSession(db, form.value, { config, by: operator, now: new Date() });
  if (!started.ok) {
    const { errors, refusal } = refusedStart(started);
    return data({ ...refuseForm(formData, errors), refusal }, { status: 409 });
  }
  context.signals.ring("polls");
  const { environment } = form.value;
  const page = sessionPath({ paymentSessionId: started.paymentSessionId, environment }, config);
  return redirectWithToast(page, { tone: "good", text: "Session started. The card is next." }, context);
}

export default function SaveCardPage() {
  const { environment, obstacles } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  useFocusError(refused);
  const isStopped = obstacles.some((obstacle) => obstacle.stops);
  const isBusy = useNavigation().state !== "idle";
  const fields = { errors: refused?.errors ?? {}, values: refused?.values ?? {} };
  return (
    <Page
      title="Save a test card"
      subtitle="A session that charges nothing and ends in a token to pay with."
      back={<Link to={withParams(paths.newSession(), { environment })}>New test session</Link>}
      narrow
    >
      {obstacles.map((obstacle) => (
        <Notice key={obstacle.title} tone={obstacle.stops ? "bad" : "look"} title={obstacle.title}>
          {obstacle.text}
        </Notice>
      ))}
      {refused?.refusal && <RefusedStart {...refused.refusal} />}
      <Form method="post" className="flex flex-col gap-4" noValidate>
        <input type="hidden" name="environment" value={environment} />
        <Panel title="Where the card is saved" id="session">
          <div className="grid gap-4 sm:grid-cols-2">
            <CurrencyField {...fields} />
            <CountryField {...fields} />
            <ReferenceField {...fields} />
          </div>
        </Panel>
        <CustomerFields {...fields} />
        <Button type="submit" tone="primary" className="self-start" disabled={isBusy || isStopped}>
          Start saving a card
        </Button>
      </Form>
    </Page>
  );
}
