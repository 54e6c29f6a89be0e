import { Form, useNavigation } from "@remix-run/react";
import type { ReactNode } from "react";
import type { DestinationDetail } from "~/domain/destinations/destination.ts";
import { environmentLabel } from "~/lib/environment.ts";
import type { FieldErrors, FieldValues } from "~/lib/form.ts";
import { Button } from "../ui/button.tsx";
import { CheckboxField, TextareaField, TextField } from "../ui/field.tsx";
import { Facts, Panel } from "../ui/panel.tsx";
import { Time } from "../ui/time.tsx";
import { environmentsText } from "./destination-table.tsx";
import { EventTypeFields } from "./event-type-fields.tsx";

interface DestinationSettingsProps {
  readonly destination: DestinationDetail;
  readonly errors: FieldErrors;
  /** As typed in a form that was refused; `null` otherwise. */
  readonly values: FieldValues | null;
}

/** Where, what and how. */
export function DestinationSettings({ destination, errors, values }: DestinationSettingsProps) {
  const isSaving = useNavigation().formData?.get("intent") === "save";
  return (
    <Panel title="Settings" id="settings">
      <Form method="post" className="flex flex-col gap-6" noValidate>
        <input type="hidden" name="intent" value="save" />
        <Where {...{ destination, errors, values }} />
        <What {...{ destination, errors, values }} />
        <How {...{ destination, errors, values }} />
        <div>
          <Button type="submit" tone="primary" disabled={isSaving}>
            {isSaving ? "Saving…" : "Save settings"}
          </Button>
        </div>
      </Form>
    </Panel>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="flex flex-col gap-4" aria-label={title}>
      <h3 className="border-b border-line pb-1 text-sm font-semibold text-muted">{title}</h3>
      {children}
    </section>
  );
}

function Where({ destination, errors, values }: DestinationSettingsProps) {
  return (
    <Section title="Where">
      <TextField
        label="Name"
        name="name"
        required
        maxLength={40}
        autoComplete="off"
        defaultValue={values?.name ?? destination.name}
        error={errors.name}
      />
      <TextField
        label="URL"
        name="url"
        type="url"
        required
        autoComplete="off"
        className="font-mono text-[12.5px]"
        defaultValue={values?.url ?? destination.url}
        error={errors.url}
        hint={
          destination.hasToken
            ? "With another host or port the token is destroyed: it was typed for this one. Type it again afterwards."
            : undefined
        }
      />
      <TextareaField
        label="Description"
        name="description"
        rows={2}
        maxLength={300}
        defaultValue={values?.description ?? destination.description}
        error={errors.description}
        hint="What it is and who looks after it."
      />
    </Section>
  );
}

function What({ destination, errors, values }: DestinationSettingsProps) {
  const environments = values ? listed(values.environments) : destination.environments;
  const types = values ? typedTypes(values) : destination.eventTypes;
  return (
    <Section title="What it gets">
      <fieldset className="flex flex-col gap-1">
        <legend className="mb-1 font-medium">Environments</legend>
        <div className="flex flex-wrap gap-4">
          {destination.makersEnvironments.map((environment) => (
            <CheckboxField
              key={environment}
              label={environmentLabel[environment]}
              name="environments"
              value={environment}
              defaultChecked={environments.includes(environment)}
            />
          ))}
        </div>
        {errors.environments && <p className="text-sm text-bad">{errors.environments}</p>}
        <p className="text-sm text-muted">As far as {reachOf(destination)} may write destinations.</p>
      </fieldset>
      <EventTypeFields chosen={types} error={errors.eventTypes} />
    </Section>
  );
}

function reachOf({ createdBy }: DestinationDetail): string {
  return createdBy.email === null ? "whoever added it" : `${createdBy.email}, who added it,`;
}

function How({ destination, errors, values }: DestinationSettingsProps) {
  const { ratePerSecond } = destination;
  return (
    <Section title="How">
      <div className="grid items-start gap-4 sm:grid-cols-3">
        <TextField
          label="Timeout in seconds"
          name="timeoutSeconds"
          inputMode="numeric"
          className="figures"
          defaultValue={values?.timeoutSeconds ?? destination.timeoutMs / 1000}
          error={errors.timeoutSeconds}
          hint="1 to 60. No answer by then is a failure."
        />
        <TextField
          label="Tries a second"
          name="ratePerSecond"
          inputMode="numeric"
          className="figures"
          defaultValue={values?.ratePerSecond ?? ratePerSecond ?? ""}
          error={errors.ratePerSecond}
          hint="At most. Empty is no limit."
        />
        <TextField
          label="At the same time"
          name="concurrency"
          inputMode="numeric"
          className="figures"
          defaultValue={values?.concurrency ?? destination.concurrency}
          error={errors.concurrency}
          hint="Requests under way at once, 1 to 32."
        />
      </div>
      <CheckboxField
        label="One payment's events one after another"
        name="inOrder"
        defaultChecked={values ? values.inOrder === "on" : destination.inOrder}
        hint="In the order they arrived. One that fails holds up its own payment, no other."
      />
      <CheckboxField
        label="Send webhook-id"
        name="sendsWebhookId"
        defaultChecked={values ? values.sendsWebhookId === "on" : destination.sendsWebhookId}
        hint="The same at every try, so that repeats can be told. Signed deliveries always carry it."
      />
    </Section>
  );
}

function typedTypes(values: FieldValues): readonly string[] | null {
  return values.types === "chosen" ? listed(values.eventTypes) : null;
}

function listed(text: string | undefined): readonly string[] {
  return (text ?? "").split(/[\s,]+/).filter((one) => one !== "");
}

/** The same to read, for whoever may send to it and not change it. */
export function DestinationFacts({ destination }: { destination: DestinationDetail }) {
  const { environments, eventTypes, ratePerSecond, concurrency, timeoutMs, inOrder, createdBy } = destination;
  return (
    <Panel title="Settings" id="settings">
      <Facts
        items={[
          { label: "URL", value: <code className="font-mono text-[12.5px] break-all">{destination.url}</code> },
          { label: "Environments", value: environmentsText(environments) || "none" },
          { label: "Event types", value: eventTypes === null ? "every type" : eventTypes.join(", ") },
          { label: "Timeout", value: `${timeoutMs / 1000} s` },
          { label: "Tries a second", value: ratePerSecond === null ? "no limit" : `at most ${ratePerSecond}` },
          { label: "At the same time", value: concurrency },
          { label: "Order", value: inOrder ? "one payment's events one after another" : "as they come" },
          { label: "Added", value: <AddedBy createdAt={destination.createdAt} email={createdBy.email} /> },
        ]}
      />
    </Panel>
  );
}

function AddedBy({ createdAt, email }: { createdAt: number; email: string | null }) {
  return (
    <>
      <Time at={createdAt} /> by {email ?? "somebody removed since"}
    </>
  );
}
