import { Form, useNavigation } from "@remix-run/react";
import { Lock } from "lucide-react";
import type { FieldErrors, FieldValues } from "~/lib/form.ts";
import { Button } from "../ui/button.tsx";
import { CheckboxField, TextareaField } from "../ui/field.tsx";
import { Panel } from "../ui/panel.tsx";
import { counted } from "./amount-text.ts";

interface CloseDayFormProps {
  /** What is closed, in the button: `10 Mar 2026 in sandbox`. */
  readonly what: string;
  readonly open: number;
  /** The last match's check failed. */
  readonly isDoubtful: boolean;
  /** Changes of days closed before that go on record with it. */
  readonly incoming: number;
  readonly errors: FieldErrors;
}

export function CloseDayForm({ what, open, isDoubtful, incoming, errors }: CloseDayFormProps) {
  const isBusy = useNavigation().formMethod === "POST";
  return (
    <Panel title="Close it" id="close">
      <Form method="post" className="flex flex-col gap-3">
        <input type="hidden" name="intent" value="close" />
        <p className="text-sm text-muted">
          Its figures are frozen as they are now, with a digest. What comes later changes them no more: it goes on
          record with the next day that is closed.
          {incoming > 0 &&
            ` ${counted(incoming, "change")} of days closed before ${incoming === 1 ? "goes" : "go"} on record with this one.`}
        </p>
        <AcceptField open={open} isDoubtful={isDoubtful} error={errors.acceptsOpen} />
        <div>
          <Button type="submit" tone="primary" disabled={isBusy}>
            <Lock size={14} aria-hidden />
            {isBusy ? "Closing…" : `Close ${what}`}
          </Button>
        </div>
      </Form>
    </Panel>
  );
}

interface AcceptFieldProps {
  readonly open: number;
  readonly isDoubtful: boolean;
  readonly error?: string;
}

/** What is not settled is said, and has to be ticked: nobody closes over it without knowing. */
export function AcceptField({ open, isDoubtful, error }: AcceptFieldProps) {
  if (open === 0 && !isDoubtful && !error) return null;
  const parts = [
    open > 0 && `${counted(open, "exception")} ${open === 1 ? "is" : "are"} still open`,
    isDoubtful && "the last match does not add up",
  ].filter(Boolean);
  const what = parts.join(", and ") || "exceptions are still open";
  return (
    <CheckboxField
      label={`I know that ${what}`}
      name="acceptsOpen"
      value="on"
      id="field-acceptsOpen"
      error={error}
      hint="Their number is kept with the closing."
    />
  );
}

interface ReopenFormProps {
  readonly what: string;
  readonly digest: string;
  readonly errors: FieldErrors;
  readonly values: FieldValues;
}

export function ReopenForm({ what, digest, errors, values }: ReopenFormProps) {
  const isBusy = useNavigation().formMethod === "POST";
  return (
    <Panel title="Reopen it" id="reopen">
      <Form method="post" className="flex flex-col gap-3">
        <input type="hidden" name="intent" value="reopen" />
        <input type="hidden" name="digest" value={digest} />
        <p className="text-sm text-muted">
          For a mistake only: what comes late needs no reopening. Its figures leave the record and follow what is known
          again; what it had adjusted on other days waits for the next close. The audit trail keeps who, why, and the
          totals it was closed with.
        </p>
        <TextareaField
          label="Why"
          name="reason"
          rows={2}
          required
          minLength={5}
          maxLength={500}
          defaultValue={values.reason}
          error={errors.reason}
        />
        <div>
          <Button type="submit" tone="danger" disabled={isBusy}>
            Reopen {what}
          </Button>
        </div>
      </Form>
    </Panel>
  );
}
