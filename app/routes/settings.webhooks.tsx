import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Link, useActionData, useLoaderData } from "@remix-run/react";
import { useFollow } from "~/components/sessions/use-follow.ts";
import { CopyValue } from "~/components/settings/copy-value.tsx";
import { WebhookChecklist } from "~/components/settings/webhook-checklist.tsx";
import { ArrivalTable, RefusalTable } from "~/components/settings/webhook-tables.tsx";
import { AddToken, TokenTable } from "~/components/settings/webhook-tokens.tsx";
import { Notice } from "~/components/ui/notice.tsx";
import { Page } from "~/components/ui/page.tsx";
import { Facts, Panel } from "~/components/ui/panel.tsx";
import { useFocusError } from "~/components/ui/use-focus-error.ts";
import { settleEnvironment } from "~/domain/lists/settle-filters.ts";
import { requireOperator } from "~/domain/operators/require-operator.server.ts";
import { addToken, NewTokenForm, revokeToken, tokenRefusalText } from "~/domain/webhooks/change-token.server.ts";
import { findWebhookSetup } from "~/domain/webhooks/webhook-setup.server.ts";
import { type Environment, environmentLabel, isEnvironment } from "~/lib/environment.ts";
import { parseForm, refuseForm } from "~/lib/form.ts";
import { paths, withParams } from "~/lib/paths.ts";
import { redirectWithToast } from "~/lib/toast.server.ts";

export const meta: MetaFunction = () => [{ title: "Webhook settings · Paydesk" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const operator = await requireOperator({ request, context }, "payments:read");
  const asked = new URL(request.url).searchParams.get("environment");
  const known = isEnvironment(asked) ? asked : null;
  const environment = settleEnvironment(known, operator.scope, context.config.defaultEnvironment);
  if (environment === null) throw new Response("Not found", { status: 404 });
  const setup = await findWebhookSetup(context.db, operator.scope, {
    config: context.config,
    environment,
    // Refusals belong to no environment, so they are for those who set up all of them.
    withRefusals: operator.can("settings:write"),
    now: Date.now(),
  });
  return { environment, setup, mayWrite: operator.can("tokens:write", environment) };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const by = await requireOperator({ request, context }, "tokens:write");
  const formData = await request.formData();
  const now = new Date();
  if (formData.get("intent") === "revoke") {
    const { environments } = by.scope;
    const revoked = await revokeToken(context.db, String(formData.get("digest")), { by, now, environments });
    const back = withParams(paths.settingsWebhooks(), { environment: String(formData.get("environment")) });
    if (revoked.ok) return redirectWithToast(back, { tone: "good", text: "Token revoked." }, context);
    return data(refuseForm(formData, { form: tokenRefusalText[revoked.refusal] }), { status: 409 });
  }
  const form = parseForm(NewTokenForm, formData);
  if (!form.ok) return data(form, { status: 400 });
  if (!by.can("tokens:write", form.value.environment)) throw new Response("Not found", { status: 404 });
  const added = await addToken(context.db, form.value, { by, now });
  if (!added.ok) {
    return data(refuseForm(formData, { callbackToken: tokenRefusalText[added.refusal] }), { status: 409 });
  }
  const back = withParams(paths.settingsWebhooks(), { environment: form.value.environment });
  return redirectWithToast(back, { tone: "good", text: "Token added. It is accepted from now on." }, context);
}

export default function WebhookSettingsPage() {
  const { environment, setup, mayWrite } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  useFocusError(refused);
  useFollow(true);
  const missing = setup.checks.filter((check) => !check.isMet).length;
  return (
    <Page title="Webhooks" subtitle={`How ${environmentLabel[environment]} webhooks reach this desk.`} narrow>
      {refused?.errors.form && (
        <Notice tone="bad" urgent title="Nothing was changed">
          {refused.errors.form}
        </Notice>
      )}
      <div className="flex flex-col gap-4">
        <Panel title={missing === 0 ? "Everything is in place" : `Still missing: ${missing}`} id="checklist">
          <WebhookChecklist checks={setup.checks} />
        </Panel>
        <Panel title="Where to send them" id="address">
          <Facts items={[{ label: "URL", value: <CopyValue value={setup.url} what="webhook URL" /> }]} />
          <HowTo environment={environment} />
        </Panel>
        <Panel title="Last arrivals" id="arrivals" flush>
          <ArrivalTable groups={setup.groups} environment={environment} />
        </Panel>
        <Panel title="Tokens" id="tokens" flush>
          <TokenTable tokens={setup.tokens} mayWrite={mayWrite && environment !== "sandbox"} />
          {mayWrite && environment !== "sandbox" && (
            <AddToken environment={environment} errors={refused?.errors ?? {}} values={refused?.values ?? {}} />
          )}
        </Panel>
        {setup.refusals && (
          <Panel title="Refused at the door" id="refusals" flush>
            <RefusalTable refusals={setup.refusals} />
          </Panel>
        )}
      </div>
    </Page>
  );
}

function HowTo({ environment }: { environment: Environment }) {
  if (environment === "sandbox") {
    return (
      <p className="mt-3 text-sm text-muted">
        The sandbox sends here by itself. <Link to={paths.settingsSandbox()}>Its settings</Link> can add an address of
        your own.
      </p>
    );
  }
  return (
    <ol className="mt-3 list-decimal pl-5 text-sm text-muted">
      <li>
        In Xendit's dashboard, switched to {environment} mode, open Settings, Developers, Webhooks. The events named
        below have addresses of their own there, apart from invoices and older products: enter this one for each.
      </li>
      <li>Switch on automatic retries, so that nothing is lost while this desk is down.</li>
      <li>
        Copy the webhook verification token from the same page into XENDIT_WEBHOOK_TOKENS as{" "}
        <code className="font-mono">{environment}:TOKEN</code> and start again, or have an administrator add it below.
        Test and live have different tokens; that is how they are told apart.
      </li>
    </ol>
  );
}
