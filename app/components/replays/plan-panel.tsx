import { Form, Link } from "@remix-run/react";
import { useState } from "react";
import type { ReplayPlan } from "~/domain/replays/plan-replay.server.ts";
import { paths } from "~/lib/paths.ts";
import { Button } from "../ui/button.tsx";
import { CheckboxField, SelectField } from "../ui/field.tsx";
import { Facts, Panel } from "../ui/panel.tsx";

interface PlanPanelProps {
  readonly plan: ReplayPlan;
  readonly destinations: readonly { readonly destinationId: string; readonly name: string }[];
  readonly replayKey: string;
  readonly canReprocess: boolean;
}

/** How many, from where, to where, how often before; then the buttons that name all of it. */
export function PlanPanel({ plan, destinations, replayKey, canReprocess }: PlanPanelProps) {
  const [skips, setSkips] = useState(true);
  const sendable = plan.events.filter((event) => !event.leftOut);
  const delivered = sendable.filter((event) => event.alreadyDelivered).length;
  const sends = sendable.length - (skips ? delivered : 0);
  const { destination, environment } = plan;
  return (
    <Panel title="Plan" id="plan">
      <Facts
        items={[
          { label: "Chosen", value: events(plan.events.length) },
          { label: "Environment", value: environment },
          { label: "Left out", value: events(plan.events.length - sendable.length) },
          ...(destination ? [{ label: `Delivered to ${destination.name} before`, value: events(delivered) }] : []),
        ]}
      />
      {destinations.length > 1 && <ChooseDestination plan={plan} destinations={destinations} />}
      {!destination && (
        <p className="mt-3 text-sm">
          There is no destination yet.{" "}
          <Link to={paths.destinations()} className="link">
            Add one
          </Link>
        </p>
      )}
      <Form method="post" className="mt-4 flex flex-col gap-3">
        <ChosenEvents plan={plan} />
        <input type="hidden" name="idempotencyKey" value={replayKey} />
        {destination && <input type="hidden" name="destinationId" value={destination.destinationId} />}
        {delivered > 0 && (
          <CheckboxField
            label={`Leave out ${events(delivered)} that ${destination?.name ?? "it"} already took`}
            name="skipDelivered"
            value="yes"
            checked={skips}
            onChange={(event) => setSkips(event.currentTarget.checked)}
          />
        )}
        <div className="flex flex-wrap gap-2">
          {destination && (
            <Button type="submit" name="intent" value="send" tone="primary" disabled={sends === 0}>
              Send {events(sends)} to {destination.name} from {environment}
            </Button>
          )}
          {canReprocess && (
            <Button type="submit" name="intent" value="reprocess">
              Process {events(plan.events.length)} again here
            </Button>
          )}
        </div>
      </Form>
    </Panel>
  );
}

/** Another destination is another plan: its own counts of what was delivered before. */
function ChooseDestination({ plan, destinations }: Pick<PlanPanelProps, "plan" | "destinations">) {
  return (
    <Form method="get" className="mt-4 flex max-w-[420px] items-end gap-2">
      <ChosenEvents plan={plan} />
      <div className="min-w-0 flex-1">
        <SelectField
          label="Destination"
          name="destination"
          defaultValue={plan.destination?.destinationId}
          options={destinations.map((one) => ({ value: one.destinationId, label: one.name }))}
        />
      </div>
      <Button type="submit">Plan again</Button>
    </Form>
  );
}

function ChosenEvents({ plan }: { plan: ReplayPlan }) {
  return plan.events.map((event) => <input key={event.eventId} type="hidden" name="event" value={event.eventId} />);
}

function events(count: number): string {
  return count === 1 ? "1 event" : `${count.toLocaleString("en")} events`;
}
