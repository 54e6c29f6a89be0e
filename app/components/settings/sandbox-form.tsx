import { Form, useNavigation } from "@remix-run/react";
import type { SandboxSettings } from "~/domain/sandbox-settings.server.ts";
import type { FieldErrors, FieldValues } from "~/lib/form.ts";
import { Button } from "../ui/button.tsx";
import { CheckboxField, TextField } from "../ui/field.tsx";
import { Panel } from "../ui/panel.tsx";

interface SandboxFormProps {
  readonly settings: SandboxSettings;
  readonly errors: FieldErrors;
  readonly values: FieldValues | null;
}

/** Where else the sandbox sends its webhooks, and how fast. */
export function SandboxForm({ settings, errors, values }: SandboxFormProps) {
  const isBusy = useNavigation().state !== "idle";
  return (
    <Panel title="Your own endpoint and timing" id="settings">
      <Form method="post" className="flex flex-col gap-4" noValidate>
        <input type="hidden" name="intent" value="save" />
        <TextField
          label="Your webhook URL"
          name="merchantWebhookUrl"
          inputMode="url"
          placeholder="http://127.0.0.1:8080/webhooks"
          defaultValue={values?.merchantWebhookUrl ?? settings.merchantWebhookUrl ?? ""}
          error={errors.merchantWebhookUrl}
          hint="Gets every sandbox webhook too, retries included. Empty: only Paydesk gets them."
        />
        <TextField
          label="Your webhook token"
          name="merchantWebhookToken"
          autoComplete="off"
          spellCheck={false}
          placeholder={settings.hasMerchantToken ? "set; leave empty to keep it" : "none"}
          error={errors.merchantWebhookToken}
          hint="Sent as x-callback-token to your URL. Kept encrypted and never shown again."
        />
        {settings.hasMerchantToken && <CheckboxField label="Remove the token" name="removeToken" />}
        <TextField
          label="Time scale"
          name="timeScale"
          inputMode="decimal"
          className="figures"
          defaultValue={values?.timeScale ?? settings.timeScale}
          error={errors.timeScale}
          hint="1 is Xendit's own timing; 0.1 is ten times faster. Times in bodies stay in real order."
        />
        <CheckboxField
          label="Amounts as text"
          name="stringAmounts"
          defaultChecked={values ? values.stringAmounts === "on" : settings.stringAmounts}
          hint="Xendit's examples sometimes do so; a reader should take both."
        />
        <Button type="submit" tone="primary" className="self-start" disabled={isBusy}>
          Save
        </Button>
      </Form>
    </Panel>
  );
}
