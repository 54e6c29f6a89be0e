import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { ClearDemo } from "~/components/settings/clear-demo.tsx";
import { CopyValue } from "~/components/settings/copy-value.tsx";
import { SandboxForm } from "~/components/settings/sandbox-form.tsx";
import { SandboxGuide } from "~/components/settings/sandbox-guide.tsx";
import { Empty } from "~/components/ui/empty.tsx";
import { Notice } from "~/components/ui/notice.tsx";
import { Page } from "~/components/ui/page.tsx";
import { Facts, Panel } from "~/components/ui/panel.tsx";
import { useFocusError } from "~/components/ui/use-focus-error.ts";
import { requireOperator } from "~/domain/operators/require-operator.server.ts";
import {
  clearDemo,
  findSandboxSettings,
  SandboxSettingsForm,
  saveSandboxSettings,
} from "~/domain/sandbox-settings.server.ts";
import { findSandboxKeys } from "~/domain/sandbox-setup.server.ts";
import { parseForm, refuseForm } from "~/lib/form.ts";
import { paths } from "~/lib/paths.ts";
import { redirectWithToast } from "~/lib/toast.server.ts";

export const meta: MetaFunction = () => [{ title: "Sandbox · Paydesk" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const operator = await requireOperator({ request, context }, "payments:read");
  const { db, config } = context;
  if (!config.sandbox) return { isOn: false as const };
  const mayConfigure = operator.can("sandbox:configure", "sandbox");
  const [keys, settings] = await Promise.all([findSandboxKeys(db, config), findSandboxSettings(db, config)]);
  return {
    isOn: true as const,
    baseUrl: `${config.publicUrl}/sandbox`,
    scriptUrl: `${config.publicUrl}/sandbox/cards-session.min.js`,
    keys: mayConfigure ? keys : null,
    settings: mayConfigure || !settings ? settings : { ...settings, merchantWebhookUrl: null },
    mayConfigure,
    mayClear: operator.can("demo:clear", "sandbox"),
  };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const { db, config } = context;
  const formData = await request.formData();
  const now = new Date();
  if (formData.get("intent") === "clear") {
    const by = await requireOperator({ request, context }, "demo:clear", "sandbox");
    const { payments } = await clearDemo(db, { by, now });
    const text = `Cleared: ${payments.toLocaleString("en")} sandbox payments and everything with them.`;
    return redirectWithToast(paths.settingsSandbox(), { tone: "good", text }, context);
  }
  const by = await requireOperator({ request, context }, "sandbox:configure", "sandbox");
  const form = parseForm(SandboxSettingsForm, formData);
  if (!form.ok) return data(form, { status: 400 });
  const saved = await saveSandboxSettings(db, form.value, { config, by, now });
  if (!saved.ok) return data(refuseForm(formData, saved.errors), { status: 400 });
  return redirectWithToast(paths.settingsSandbox(), { tone: "good", text: "Sandbox settings saved." }, context);
}

export default function SandboxSettingsPage() {
  const loaded = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  useFocusError(refused);
  if (!loaded.isOn) {
    return (
      <Page title="Sandbox" narrow>
        <Empty kind="not-set-up" title="The sandbox is off">
          A Xendit key is configured, so it is not started by itself. Set PAYDESK_SANDBOX=1 to keep it beside the key.
        </Empty>
      </Page>
    );
  }
  const { settings, keys } = loaded;
  return (
    <Page
      title="Sandbox"
      subtitle="A stand-in for Xendit, on this machine: same calls, same webhooks, no money."
      narrow
    >
      {refused?.errors.form && (
        <Notice tone="bad" urgent title="Nothing was saved">
          {refused.errors.form}
        </Notice>
      )}
      <div className="flex flex-col gap-4">
        <SandboxGuide
          baseUrl={loaded.baseUrl}
          scriptUrl={loaded.scriptUrl}
          businessId={settings?.businessId ?? null}
          keys={keys}
        />
        <Panel title="Webhooks to Paydesk" id="paydesk">
          <Facts
            items={[
              { label: "URL", value: settings && <CopyValue value={settings.paydeskWebhookUrl} what="webhook URL" /> },
              {
                label: "Token",
                value: keys?.webhookToken && <CopyValue value={keys.webhookToken} what="webhook token" />,
              },
            ]}
          />
          <p className="mt-3 text-sm text-muted">
            Set up by itself: every sandbox webhook arrives here over real HTTP.
          </p>
        </Panel>
        {settings ? (
          loaded.mayConfigure && (
            <SandboxForm settings={settings} errors={refused?.errors ?? {}} values={refused?.values ?? null} />
          )
        ) : (
          <Notice tone="bad" title="The sandbox does not answer">
            Its settings cannot be shown or changed until it does. Load the page again in a moment.
          </Notice>
        )}
        {loaded.mayClear && <ClearDemo />}
      </div>
    </Page>
  );
}
