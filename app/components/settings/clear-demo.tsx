import { Form, useNavigation } from "@remix-run/react";
import { useState } from "react";
import { Button } from "../ui/button.tsx";
import { Dialog, DialogActions, DialogClose } from "../ui/dialog.tsx";
import { Panel } from "../ui/panel.tsx";

/** Empties the sandbox, after naming what goes and what stays. */
export function ClearDemo() {
  const [isAsking, setIsAsking] = useState(false);
  const isBusy = useNavigation().formData?.get("intent") === "clear";
  return (
    <Panel title="Demo data" id="demo">
      <p className="mb-3 max-w-[72ch] text-sm text-muted">
        The first start fills an empty sandbox with made-up payments. Clearing removes them together with every test of
        your own in the sandbox.
      </p>
      <Dialog
        title="Clear all sandbox data?"
        description="This cannot be undone."
        open={isAsking}
        onOpenChange={setIsAsking}
        trigger={
          <Button type="button" tone="danger" disabled={isBusy}>
            {isBusy ? "Clearing…" : "Clear demo data"}
          </Button>
        }
      >
        <div className="text-sm">
          <p>These go, in the sandbox only:</p>
          <ul className="my-1 list-disc pl-5">
            <li>payments, sessions and everything shown of them</li>
            <li>webhooks with their bodies, receipts and quarantine</li>
            <li>test sessions, and what the sandbox itself remembers, cards saved in it included</li>
          </ul>
          <p>These stay: test and live data, keys, tokens, settings, destinations, operators, the audit trail.</p>
        </div>
        <Form method="post" onSubmit={() => setIsAsking(false)}>
          <input type="hidden" name="intent" value="clear" />
          <DialogActions>
            <DialogClose asChild>
              <Button type="button">Keep it</Button>
            </DialogClose>
            <Button type="submit" tone="danger">
              Clear all sandbox data
            </Button>
          </DialogActions>
        </Form>
      </Dialog>
    </Panel>
  );
}
