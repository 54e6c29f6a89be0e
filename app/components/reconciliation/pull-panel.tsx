import { Form, useNavigation } from "@remix-run/react";
import { type Environment, environmentLabel } from "~/lib/environment.ts";
import type { FieldErrors, FieldValues } from "~/lib/form.ts";
import { Button } from "../ui/button.tsx";
import { TextField } from "../ui/field.tsx";
import { Panel } from "../ui/panel.tsx";

interface PullPanelProps {
  readonly environment: Environment;
  readonly zone: string;
  readonly period: { readonly from: string; readonly to: string };
  /** Whether this environment's Xendit can be asked from here. */
  readonly hasKey: boolean;
  readonly errors: FieldErrors;
  readonly values: FieldValues;
}

/** Asks the API for the transactions of a period. */
export function PullPanel({ environment, zone, period, hasKey, errors, values }: PullPanelProps) {
  const isSending = useNavigation().formData?.get("intent") === "pull";
  const whose = environment === "sandbox" ? "the sandbox" : "Xendit";
  return (
    <Panel title="Pull from the API" id="pull">
      {hasKey ? (
        <Form method="post" className="flex flex-col gap-3">
          <input type="hidden" name="intent" value="pull" />
          <input type="hidden" name="environment" value={environment} />
          <div className="grid grid-cols-1 gap-3 sm:grid-cols-2">
            <TextField
              label="From"
              name="from"
              type="date"
              defaultValue={values.from ?? period.from}
              error={errors.from}
              required
            />
            <TextField
              label="To"
              name="to"
              type="date"
              defaultValue={values.to ?? period.to}
              error={errors.to}
              required
            />
          </div>
          <p className="text-sm text-muted">
            Transactions created on these days in {zone}, as {whose} has them now. 50 at a time
            {environment === "sandbox" ? "." : ", as fast as Xendit's rate limit lets it."}
          </p>
          {errors.form && (
            <p role="alert" className="text-sm text-bad">
              {errors.form}
            </p>
          )}
          <div>
            <Button type="submit" disabled={isSending}>
              Pull transactions
            </Button>
          </div>
        </Form>
      ) : (
        <p className="text-sm text-muted">
          No key of Xendit is configured for {environmentLabel[environment]}. Set XENDIT_SECRET_KEY with the permission
          to read transactions, or upload a report.
        </p>
      )}
    </Panel>
  );
}
