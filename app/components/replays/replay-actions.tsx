import { Form, Link } from "@remix-run/react";
import { RotateCcw, Send } from "lucide-react";
import { useState } from "react";
import type { Environment } from "~/lib/environment.ts";
import { paths } from "~/lib/paths.ts";
import { Button } from "../ui/button.tsx";
import { Dialog, DialogActions, DialogClose } from "../ui/dialog.tsx";
import { SelectField } from "../ui/field.tsx";

export interface ReplayActionsProps {
  readonly eventId: string;
  readonly environment: Environment;
  readonly destinations: readonly { readonly destinationId: string; readonly name: string }[];
  /** Made by the loader, new for each time the page is read: one form is one replay. */
  readonly replayKey: string;
  readonly canSend: boolean;
  readonly canReprocess: boolean;
  /** Why this event is never sent, if so: its bytes are masked. */
  readonly notSendable?: string | null;
}

/** The two ways to replay one webhook, for the heading of its page. */
export function ReplayActions({ eventId, replayKey, canSend, canReprocess, ...send }: ReplayActionsProps) {
  const action = paths.webhookReplay(eventId);
  return (
    <>
      {canReprocess && (
        <Form method="post" action={action}>
          <input type="hidden" name="idempotencyKey" value={`${replayKey}:here`} />
          <Button type="submit" name="intent" value="reprocess">
            <RotateCcw size={14} aria-hidden /> Process again here
          </Button>
        </Form>
      )}
      {canSend && <SendDialog action={action} replayKey={replayKey} {...send} />}
    </>
  );
}

type SendDialogProps = Pick<ReplayActionsProps, "environment" | "destinations" | "replayKey" | "notSendable"> & {
  readonly action: string;
};

function SendDialog({ action, environment, destinations, replayKey, notSendable }: SendDialogProps) {
  const [isOpen, setOpen] = useState(false);
  const [first] = destinations;
  const [chosen, setChosen] = useState(first?.destinationId);
  const destination = destinations.find((one) => one.destinationId === chosen) ?? first;
  const trigger = (
    <Button tone="primary" type="button" disabled={Boolean(notSendable)} title={notSendable ?? undefined}>
      <Send size={14} aria-hidden /> Send to a destination
    </Button>
  );
  return (
    <Dialog
      title="Send to a destination"
      description="The stored bytes are sent as they are, with the original content type and webhook-id."
      trigger={trigger}
      open={isOpen}
      onOpenChange={setOpen}
    >
      {destination ? (
        <Form method="post" action={action} onSubmit={() => setOpen(false)}>
          <input type="hidden" name="idempotencyKey" value={`${replayKey}:send`} />
          <SelectField
            label="Destination"
            name="destinationId"
            value={destination.destinationId}
            onChange={(event) => setChosen(event.currentTarget.value)}
            options={destinations.map((one) => ({ value: one.destinationId, label: one.name }))}
          />
          <DialogActions>
            <DialogClose asChild>
              <Button type="button">Do not send</Button>
            </DialogClose>
            <Button type="submit" tone="primary" name="intent" value="send">
              Send 1 event to {destination.name} from {environment}
            </Button>
          </DialogActions>
        </Form>
      ) : (
        <p className="text-sm">
          There is no destination yet.{" "}
          <Link to={paths.destinations()} className="link">
            Add one
          </Link>
        </p>
      )}
    </Dialog>
  );
}
