import { Form, useNavigation } from "@remix-run/react";
import { RotateCcw, Send } from "lucide-react";
import { MAX_EVENTS } from "~/domain/replays/replay.ts";
import type { ReplayPlan, Selection } from "~/domain/replays/replay-plan.ts";
import { HERE } from "~/domain/replays/replay-request.ts";
import type { FieldErrors, FieldValues } from "~/lib/form.ts";
import { Button } from "../ui/button.tsx";
import { TextField } from "../ui/field.tsx";
import { Notice } from "../ui/notice.tsx";
import { Panel } from "../ui/panel.tsx";
import { eventsText, figure } from "./counted.ts";
import { HiddenSelection } from "./hidden-selection.tsx";

interface PlanConfirmProps {
  readonly plan: ReplayPlan;
  readonly selection: Selection;
  readonly includesDelivered: boolean;
  readonly replayKey: string;
  /** Whether the operator holds `replays:bulk` here. */
  readonly canBulk: boolean;
  readonly errors: FieldErrors;
  readonly values: FieldValues;
}

/** The order: a button that says how many go where, and before a large or live one, the destination's name typed. */
export function PlanConfirm({ plan, canBulk, ...form }: PlanConfirmProps) {
  if (plan.toSend === 0) return null;
  if (plan.needsBulk && !canBulk) {
    return (
      <Notice tone="look" title={`More than ${MAX_EVENTS} events at once are for those who may replay in bulk`}>
        Narrow the filter, or ask an administrator: this page is a link to the same plan.
      </Notice>
    );
  }
  return (
    <Panel title="Confirm" id="confirm">
      <ConfirmForm plan={plan} {...form} />
    </Panel>
  );
}

function ConfirmForm({
  plan,
  selection,
  includesDelivered,
  replayKey,
  errors,
  values,
}: Omit<PlanConfirmProps, "canBulk">) {
  const { state } = useNavigation();
  const { destination, needsConfirmation, upTo } = plan;
  return (
    <Form method="post" className="flex flex-col items-start gap-3">
      <HiddenSelection selection={selection} />
      <input type="hidden" name="destination" value={destination?.destinationId ?? HERE} />
      {includesDelivered && <input type="hidden" name="again" value="yes" />}
      <input type="hidden" name="idempotencyKey" value={replayKey} />
      <input type="hidden" name="upTo" value={upTo} />
      {needsConfirmation && (
        <div className="w-full max-w-[420px]">
          <TextField
            key={destination?.destinationId ?? HERE}
            label={destination ? "Name of the destination" : "How many events"}
            name="confirmation"
            required
            autoComplete="off"
            spellCheck={false}
            defaultValue={values.confirmation}
            error={errors.confirmation}
            hint={`Type ${destination ? destination.name : figure(plan.toSend)} to confirm.`}
          />
        </div>
      )}
      {/* While another plan is on its way, what is on screen is not what would be ordered. */}
      <Button type="submit" tone="primary" className="max-w-full" disabled={state !== "idle"}>
        {destination ? <Send size={14} aria-hidden /> : <RotateCcw size={14} aria-hidden />}
        <span className="truncate">{orderText(plan)}</span>
      </Button>
    </Form>
  );
}

/** "Send 1,204 events to staging", "Send 12 events to erp from live", "Process 3 events again here". */
function orderText({ toSend, destination, environment }: ReplayPlan): string {
  const isLive = environment === "live";
  if (!destination) return `Process ${eventsText(toSend)} again here${isLive ? ", in live" : ""}`;
  return `Send ${eventsText(toSend)} to ${destination.name}${isLive ? " from live" : ""}`;
}
