import { Form, useLocation, useNavigation } from "@remix-run/react";
import { Check } from "lucide-react";
import { useEffect, useState } from "react";
import { environmentLabel } from "~/lib/environment.ts";
import { Button } from "../ui/button.tsx";
import { Dialog, DialogActions, DialogClose } from "../ui/dialog.tsx";
import { ReasonField } from "./reason-field.tsx";
import { HiddenChosen, type SelectedExceptionsProps } from "./selected-exceptions.tsx";

/** Asks why the chosen ones are as they should be. Stays open, with what was typed, when the reason is refused. */
export function AcceptDialog({ rows, environment, errors, answeredAt }: SelectedExceptionsProps) {
  const [isOpen, setOpen] = useState(false);
  const isBusy = useNavigation().state !== "idle";
  const { pathname, search } = useLocation();
  useEffect(() => {
    if (answeredAt !== null) setOpen(false);
  }, [answeredAt]);
  const what = rows.length === 1 ? "1 exception" : `${rows.length} exceptions`;
  return (
    <Dialog
      title={`Accept ${what}?`}
      description="They are resolved as they are. If the facts of one change later, it opens again by itself."
      open={isOpen}
      onOpenChange={setOpen}
      trigger={
        <Button type="button" size="sm">
          <Check size={14} aria-hidden /> Accept…
        </Button>
      }
    >
      <Form method="post" action={pathname + search}>
        <HiddenChosen rows={rows} />
        <ReasonField error={errors?.reason ?? errors?.group ?? errors?.form} />
        <DialogActions>
          <DialogClose asChild>
            <Button type="button">Leave open</Button>
          </DialogClose>
          <Button type="submit" name="intent" value="accept" tone="primary" disabled={isBusy}>
            Accept {what} in {environmentLabel[environment]}
          </Button>
        </DialogActions>
      </Form>
    </Dialog>
  );
}
