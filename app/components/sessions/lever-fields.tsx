import { leverOptions } from "~/domain/sessions/levers.ts";
import type { FieldErrors, FieldValues } from "~/lib/form.ts";
import { CheckboxField, SelectField, TextField } from "../ui/field.tsx";
import { Panel } from "../ui/panel.tsx";

interface LeverFieldsProps {
  readonly errors: FieldErrors;
  readonly values: FieldValues;
}

/** What the sandbox lets a tester decide. Real Xendit has no such levers and never sees them. */
export function LeverFields({ errors, values }: LeverFieldsProps) {
  const field = (name: keyof typeof leverOptions) => ({
    name,
    options: leverOptions[name],
    defaultValue: values[name] ?? "",
    error: errors[name],
  });
  const faults = new Set((values.faults ?? "").split(","));
  return (
    <Panel title="What the sandbox answers" id="levers">
      <div className="grid gap-4 sm:grid-cols-2">
        <SelectField label="3-D Secure flow" {...field("flow")} />
        <SelectField
          label="3-D Secure outcome"
          {...field("outcome")}
          hint="In a challenge the button decides; this says what kind of success or failure it is."
        />
        <SelectField label="Network" {...field("network")} />
        <SelectField label="CVN result" {...field("verificationResult")} />
        <SelectField label="AVS result" {...field("addressResult")} />
        <SelectField label="Network response" {...field("networkResponse")} />
        <TextField
          label="ECI"
          name="eci"
          maxLength={4}
          defaultValue={values.eci}
          error={errors.eci}
          placeholder="from network and outcome"
          hint="Only to make an ECI that does not fit its network."
        />
      </div>
      <fieldset className="mt-4">
        <legend className="mb-1 font-medium">Webhook faults</legend>
        <div className="grid gap-1 sm:grid-cols-2">
          {leverOptions.faults.map(({ value, label }) => (
            <CheckboxField key={value} label={label} name="faults" value={value} defaultChecked={faults.has(value)} />
          ))}
        </div>
      </fieldset>
    </Panel>
  );
}
