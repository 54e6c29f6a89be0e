import { Form } from "@remix-run/react";
import { useState } from "react";
import type { DestinationDetail } from "~/domain/destinations/destination.ts";
import { Button } from "../ui/button.tsx";
import { Dialog, DialogActions, DialogClose } from "../ui/dialog.tsx";
import { TextField } from "../ui/field.tsx";
import { Panel } from "../ui/panel.tsx";

interface RemoveDestinationProps {
  readonly destination: DestinationDetail;
  readonly error?: string;
}

/** Its end. Where live webhooks go, its name has to be typed. */
export function RemoveDestination({ destination, error }: RemoveDestinationProps) {
  const { name } = destination;
  const [isAsking, setIsAsking] = useState(false);
  const isLive = destination.environments.includes("live");
  return (
    <Panel title="Remove" id="remove" className="mt-4">
      <p className="mb-3 text-sm text-muted">
        To pause it, turn it off. Removed, it is gone: what waits for it fails, its token and secrets are destroyed.
      </p>
      {error && (
        <p role="alert" className="mb-3 text-sm text-bad">
          {error}
        </p>
      )}
      <Dialog
        open={isAsking}
        onOpenChange={setIsAsking}
        title={`Remove ${name}?`}
        description="Nothing more can be sent to it, its token and signing secrets are destroyed. Past replays keep its name."
        trigger={
          <Button type="button" tone="danger">
            Remove {name}
          </Button>
        }
      >
        <Form method="post" onSubmit={() => setIsAsking(false)}>
          <input type="hidden" name="intent" value="remove" />
          {isLive && (
            <TextField
              label={`It takes live webhooks. Type ${name} to remove it`}
              name="confirmation"
              autoComplete="off"
              required
            />
          )}
          <DialogActions>
            <DialogClose asChild>
              <Button type="button">Keep it</Button>
            </DialogClose>
            <Button type="submit" tone="danger">
              Remove {name}
            </Button>
          </DialogActions>
        </Form>
      </Dialog>
    </Panel>
  );
}
