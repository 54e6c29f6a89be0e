import { Form } from "@remix-run/react";
import { useEffect, useState } from "react";
import type { Forward } from "~/domain/forward/forward.ts";
import type { FieldErrors, FieldValues } from "~/lib/form.ts";
import { Button } from "../ui/button.tsx";
import { TextField } from "../ui/field.tsx";
import { Panel } from "../ui/panel.tsx";
import { useViewer } from "../ui/viewer.tsx";

interface TurnOnProps {
  readonly forward: Forward;
  readonly errors: FieldErrors;
  readonly values: FieldValues;
  /** Stored already and sent first, once that was counted. */
  readonly stored: number | null;
}

/** Where to begin; then, where much or anything live is sent, the name to confirm it by. */
export function TurnOnForm({ forward, errors, values, stored }: TurnOnProps) {
  const { zone } = useViewer();
  const [start, setStart] = useState(values.start ?? "now");
  const [isReady, setIsReady] = useState(false);
  useEffect(() => setIsReady(true), []);
  const takesLive = forward.environments.includes("live");
  const asksName = takesLive || stored !== null || errors.confirmation !== undefined;
  const counted = start === "from" && stored !== null ? stored : 0;
  return (
    <Panel title="Turn on" id="turn-on">
      <Form method="post" className="flex max-w-[560px] flex-col gap-4">
        <input type="hidden" name="intent" value="on" />
        <fieldset className="flex flex-col gap-2">
          <legend className="mb-2 font-medium">Begin with</legend>
          <Choice name="start" value="now" label="what arrives next" {...{ start, setStart }} />
          <Choice
            name="start"
            value="from"
            label="what has arrived since a time, then what arrives next"
            {...{ start, setStart }}
          />
        </fieldset>
        {/* Without JavaScript both stay in view; the choice above decides. */}
        <div hidden={isReady && start !== "from"}>
          <TextField
            label="Since"
            name="from"
            type="datetime-local"
            defaultValue={values.from}
            error={errors.from}
            hint={`In ${zone}. What this destination took before is left out.`}
          />
        </div>
        {asksName && (
          <TextField
            label={`Type ${forward.name} to confirm`}
            name="confirmation"
            autoComplete="off"
            error={errors.confirmation}
            hint={confirmHint({ takesLive, counted })}
          />
        )}
        <Button type="submit" tone="primary" className="self-start">
          {counted > 0
            ? `Send ${counted.toLocaleString("en")} ${counted === 1 ? "event" : "events"} and what arrives next to ${forward.name}`
            : `Forward to ${forward.name}`}
        </Button>
      </Form>
    </Panel>
  );
}

function confirmHint({ takesLive, counted }: { takesLive: boolean; counted: number }): string {
  const many = counted > 0 ? `${counted.toLocaleString("en")} events are stored already and are sent first. ` : "";
  return `${many}${takesLive ? "It takes live webhooks." : ""}`.trim();
}

/** What becomes of what still waits. */
export function TurnOffForm({ forward, errors }: { readonly forward: Forward; readonly errors: FieldErrors }) {
  const [waiting, setWaiting] = useState("keep");
  return (
    <Panel title="Turn off" id="turn-off">
      <Form method="post" className="flex flex-col gap-4">
        <input type="hidden" name="intent" value="off" />
        <fieldset className="flex flex-col gap-2">
          <legend className="mb-2 font-medium">What waits in the queue</legend>
          <Choice name="waiting" value="keep" label="is still sent" start={waiting} setStart={setWaiting} />
          <Choice name="waiting" value="leave_out" label="is left out" start={waiting} setStart={setWaiting} />
          {errors.waiting && <p className="text-sm text-bad">{errors.waiting}</p>}
        </fieldset>
        <Button type="submit" tone="danger" className="self-start">
          Stop forwarding to {forward.name}
        </Button>
      </Form>
    </Panel>
  );
}

interface ChoiceProps {
  readonly name: string;
  readonly value: string;
  readonly label: string;
  readonly start: string;
  readonly setStart: (value: string) => void;
}

function Choice({ name, value, label, start, setStart }: ChoiceProps) {
  return (
    <label className="flex items-center gap-2">
      <input type="radio" name={name} value={value} checked={start === value} onChange={() => setStart(value)} />
      {label}
    </label>
  );
}
