import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { DestinationHealth, DestinationNotices } from "~/components/destinations/destination-health.tsx";
import { DestinationFacts, DestinationSettings } from "~/components/destinations/destination-settings.tsx";
import { LatestDeliveriesPanel } from "~/components/destinations/latest-deliveries.tsx";
import { RemoveDestination } from "~/components/destinations/remove-destination.tsx";
import { SigningPanel } from "~/components/destinations/signing-panel.tsx";
import { TestDelivery } from "~/components/destinations/test-delivery.tsx";
import { TokenPanel } from "~/components/destinations/token-panel.tsx";
import { ForwardPanel } from "~/components/tail/forward-panel.tsx";
import { Button } from "~/components/ui/button.tsx";
import { Notice } from "~/components/ui/notice.tsx";
import { Page } from "~/components/ui/page.tsx";
import { useFocusError } from "~/components/ui/use-focus-error.ts";
import { mayChange } from "~/domain/destinations/destination.ts";
import { actOnDestination } from "~/domain/destinations/destination-acts.server.ts";
import { findDestination } from "~/domain/destinations/destination-queries.server.ts";
import { readLatestDeliveries } from "~/domain/destinations/latest-deliveries.server.ts";
import { listSigningKeys } from "~/domain/destinations/signing-keys.server.ts";
import { verifierCode } from "~/domain/destinations/verifier-code.server.ts";
import { readForward } from "~/domain/forward/read-forward.server.ts";
import { requireOperator } from "~/domain/operators/require-operator.server.ts";
import type { FieldErrors } from "~/lib/form.ts";
import { newId } from "~/lib/ids.ts";
import { paths } from "~/lib/paths.ts";
import { redirectWithToast } from "~/lib/toast.server.ts";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.destination.name ?? "Destination"} · Paydesk` },
];

/** A new signing secret is in the answer to its form and must be in no cache. */
export function headers() {
  return { "Cache-Control": "no-store" };
}

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const operator = await requireOperator({ request, context }, "replays:send");
  const destinationId = params.destinationId ?? "";
  const destination = await findDestination(context.db, operator.scope, destinationId);
  if (!destination) throw new Response("Not found", { status: 404 });
  const [keys, latest, forward] = await Promise.all([
    listSigningKeys(context.db, destinationId, Date.now()),
    readLatestDeliveries(context.db, operator.scope, destinationId),
    readForward(context.db, operator.scope, destinationId),
  ]);
  return {
    destination,
    keys,
    latest,
    forward,
    newKeyId: newId("signingKey"),
    verifiers: verifierCode,
    canChange: mayChange(operator, { createdBy: destination.createdBy.operatorId }),
  };
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const form = await request.formData();
  const isTest = form.get("intent") === "test";
  const operator = await requireOperator({ request, context }, isTest ? "replays:send" : "destinations:write");
  const destinationId = params.destinationId ?? "";
  const { db, config } = context;
  const end = await actOnDestination(db, form, { destinationId, config, operator, now: new Date() });
  if (end.kind === "absent") throw new Response("Not found", { status: 404 });
  if (end.kind === "refused") return data({ ...end, secret: null, test: null }, { status: end.status });
  if (end.kind === "shown") {
    return data({ ...end, errors: {}, values: {} }, { headers: { "Cache-Control": "no-store" } });
  }
  if (end.wakes) context.signals.ring("deliveries");
  const to = end.isGone ? paths.destinations() : paths.destination(destinationId);
  return redirectWithToast(to, { tone: end.tone, text: end.text }, context);
}

export default function DestinationPage() {
  const { destination, keys, latest, forward, newKeyId, verifiers, canChange } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const errors: FieldErrors = answer?.errors ?? {};
  const errorsOf = (intent: string): FieldErrors => (answer?.intent === intent ? errors : {});
  useFocusError(answer?.kind === "refused" ? answer : null);
  return (
    <Page
      title={destination.name}
      subtitle={destination.description || undefined}
      back={<Link to={paths.destinations()}>Destinations</Link>}
      actions={canChange && <SwitchButton isOn={destination.isOn} />}
    >
      {errors.form && <Notice tone="bad" title={errors.form} urgent />}
      <DestinationNotices destination={destination} canChange={canChange} />
      <div className="grid items-start gap-4 lg:grid-cols-3">
        <div className="flex min-w-0 flex-col gap-4 lg:col-span-2">
          {canChange ? (
            <DestinationSettings
              // Saved settings start the form anew.
              key={answer?.intent === "save" ? "refused" : JSON.stringify(destination)}
              destination={destination}
              errors={errorsOf("save")}
              values={answer?.intent === "save" ? answer.values : null}
            />
          ) : (
            <DestinationFacts destination={destination} />
          )}
          <LatestDeliveriesPanel deliveries={latest.deliveries} />
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <DestinationHealth destination={destination} outcomes={latest.outcomes} />
          {forward && <ForwardPanel forward={forward} />}
          <TestDelivery result={answer?.test ?? null} />
          <SigningPanel secret={answer?.secret ?? null} {...{ keys, newKeyId, verifiers, canChange }} />
          <TokenPanel hasToken={destination.hasToken} canChange={canChange} errors={errorsOf("token")} />
        </div>
      </div>
      {canChange && <RemoveDestination destination={destination} error={errorsOf("remove").confirmation} />}
    </Page>
  );
}

function SwitchButton({ isOn }: { isOn: boolean }) {
  return (
    <Form method="post">
      <input type="hidden" name="intent" value="switch" />
      <input type="hidden" name="isOn" value={isOn ? "off" : "on"} />
      <Button type="submit">{isOn ? "Turn off" : "Turn on"}</Button>
    </Form>
  );
}
