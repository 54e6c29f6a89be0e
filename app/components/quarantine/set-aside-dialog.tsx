import { Form } from "@remix-run/react";
import { Archive } from "lucide-react";
import { useState } from "react";
import { paths } from "~/lib/paths.ts";
import { Button, type ButtonSize } from "../ui/button.tsx";
import { Dialog, DialogActions, DialogClose } from "../ui/dialog.tsx";
import { TextareaField } from "../ui/field.tsx";
import { ReturnTo } from "./return-to.tsx";

interface SetAsideDialogProps {
  readonly eventIds: readonly string[];
  /** Where to go afterwards: the event's own page; the list itself unless said. */
  readonly backTo?: string;
  readonly size?: ButtonSize;
}

/** Asks why these need no more work. */
export function SetAsideDialog({ eventIds, backTo, size }: SetAsideDialogProps) {
  const [isOpen, setOpen] = useState(false);
  const what = eventIds.length === 1 ? "this webhook" : `${eventIds.length} webhooks`;
  return (
    <Dialog
      title={`Set ${what} aside?`}
      description="Out of the open ones, not out of the store. It can be taken back at any time."
      open={isOpen}
      onOpenChange={setOpen}
      trigger={
        <Button type="button" size={size}>
          <Archive size={14} aria-hidden /> Set aside…
        </Button>
      }
    >
      <Form method="post" action={paths.quarantine()} onSubmit={() => setOpen(false)}>
        <ReturnTo path={backTo} />
        {eventIds.map((eventId) => (
          <input key={eventId} type="hidden" name="event" value={eventId} />
        ))}
        <TextareaField
          label="Why it needs no more work"
          name="reason"
          rows={3}
          required
          minLength={3}
          maxLength={300}
          hint="Colleagues read it here, and it stays in the audit log."
        />
        <DialogActions>
          <DialogClose asChild>
            <Button type="button">Leave open</Button>
          </DialogClose>
          <Button type="submit" tone="primary" name="intent" value="set-aside">
            Set {what} aside
          </Button>
        </DialogActions>
      </Form>
    </Dialog>
  );
}
