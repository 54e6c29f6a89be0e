import { useFetcher } from "@remix-run/react";
import { Archive } from "lucide-react";
import { useEffect, useState } from "react";
import { paths } from "~/lib/paths.ts";
import { Button, type ButtonSize } from "../ui/button.tsx";
import { Dialog, DialogActions, DialogClose } from "../ui/dialog.tsx";
import { TextareaField } from "../ui/field.tsx";
import { ReturnTo } from "./return-to.tsx";

interface SetAsideDialogProps {
  readonly eventIds: readonly string[];
  /** Where to go afterwards; the page on screen unless said. */
  readonly backTo?: string;
  readonly size?: ButtonSize;
}

/** What the action answers when it refuses. */
export interface QuarantineAnswer {
  readonly errors?: Readonly<Record<string, string>>;
}

/** Asks why these need no more work. Stays open, with what was typed, when that is refused. */
export function SetAsideDialog({ eventIds, backTo, size }: SetAsideDialogProps) {
  const [isOpen, setOpen] = useState(false);
  const fetcher = useFetcher<QuarantineAnswer>();
  const errors = fetcher.data?.errors;
  const what = eventIds.length === 1 ? "this webhook" : `${eventIds.length} webhooks`;
  // Other events are another question.
  const key = eventIds.join(" ");
  useEffect(() => setOpen((before) => before && key !== ""), [key]);
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
      <fetcher.Form method="post" action={paths.quarantine()}>
        <input type="hidden" name="intent" value="set-aside" />
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
          error={errors?.reason ?? errors?.event ?? errors?.form}
          hint="Colleagues read it here, and it stays in the audit log."
        />
        <DialogActions>
          <DialogClose asChild>
            <Button type="button">Leave open</Button>
          </DialogClose>
          <Button type="submit" tone="primary" disabled={fetcher.state === "submitting"}>
            Set {what} aside
          </Button>
        </DialogActions>
      </fetcher.Form>
    </Dialog>
  );
}
