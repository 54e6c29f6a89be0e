import { Form, useNavigation } from "@remix-run/react";
import { LAB_SCENARIOS, labScenarios } from "~/domain/lab/lab.ts";
import type { FieldErrors, FieldValues } from "~/lib/form.ts";
import { Button } from "../ui/button.tsx";
import { SelectField, TextField } from "../ui/field.tsx";
import { Notice } from "../ui/notice.tsx";
import { Panel } from "../ui/panel.tsx";

interface StartFormProps {
  readonly destinations: readonly { readonly destinationId: string; readonly name: string }[];
  readonly errors: FieldErrors;
  readonly values: FieldValues;
}

export function StartForm({ destinations, errors, values }: StartFormProps) {
  const { state, formMethod } = useNavigation();
  const isSending = state !== "idle" && formMethod === "POST";
  const options = destinations.map(({ destinationId, name }) => ({ value: destinationId, label: name }));
  return (
    <Panel title="Run the lab" id="run">
      {errors.form && <Notice tone="bad" title={errors.form} urgent />}
      <Form method="post" className="flex flex-col gap-4" noValidate>
        <div className="grid gap-4 lg:grid-cols-2">
          <SelectField
            label="Destination"
            name="destinationId"
            options={options}
            defaultValue={values.destinationId}
            error={errors.destinationId}
            hint="Made-up events are sent there with its own token and signature. Use a system that may be broken."
          />
          <TextField
            label="Seed (optional)"
            name="seed"
            inputMode="numeric"
            maxLength={10}
            autoComplete="off"
            defaultValue={values.seed}
            error={errors.seed}
            placeholder="the present second"
            hint="The same seed sends the same bytes. After a fix, take a new one or start from an empty database."
          />
          <div className="lg:col-span-2">
            <TextField
              label="Probe URL (optional)"
              name="probeUrl"
              type="url"
              autoComplete="off"
              defaultValue={values.probeUrl}
              error={errors.probeUrl}
              placeholder="https://staging.example/paydesk-probe"
              hint={<ProbeHint />}
            />
          </div>
        </div>
        <ScenarioFields error={errors.scenarios} values={values} />
        <div>
          <Button type="submit" tone="primary" disabled={isSending}>
            {isSending ? "Starting…" : "Run scenarios"}
          </Button>
        </div>
      </Form>
    </Panel>
  );
}

function ProbeHint() {
  return (
    <>
      Asked with <code>?payment_request_id=…</code>, it answers{" "}
      <code className="break-all">{'{"status":"paid","fulfilled":1,"amount":25000}'}</code>. Without it, points that
      answers alone do not tell stay “not observable”. More in docs/fault-lab.md.
    </>
  );
}

function ScenarioFields({ error, values }: { error: string | undefined; values: FieldValues }) {
  const chosen = values.scenarios === undefined ? null : new Set(values.scenarios.split(","));
  return (
    <fieldset aria-describedby={error ? "scenarios-error" : undefined}>
      <legend className="mb-2 font-medium">Scenarios</legend>
      {error && (
        <p id="scenarios-error" className="mb-2 text-sm text-bad">
          {error}
        </p>
      )}
      <div className="grid gap-x-6 gap-y-2.5 sm:grid-cols-2">
        {LAB_SCENARIOS.map((scenario) => (
          <label key={scenario} className="flex items-start gap-2">
            <input
              type="checkbox"
              name="scenarios"
              value={scenario}
              defaultChecked={chosen === null || chosen.has(scenario)}
              className="mt-0.5 shrink-0"
            />
            <span>
              {labScenarios[scenario].label}
              <span className="block text-sm text-muted">{labScenarios[scenario].about}</span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
