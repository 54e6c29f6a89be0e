import { LONGEST_REASON } from "~/domain/reconciliation/exception.ts";
import { TextareaField } from "../ui/field.tsx";

interface ReasonFieldProps {
  readonly error?: string;
  /** Where two forms of a page ask why. */
  readonly id?: string;
  readonly defaultValue?: string;
}

/** Why something is decided. */
export function ReasonField({ error, id, defaultValue }: ReasonFieldProps) {
  return (
    <TextareaField
      label="Reason"
      name="reason"
      id={id}
      rows={3}
      required
      minLength={3}
      maxLength={LONGEST_REASON}
      error={error}
      defaultValue={defaultValue}
      hint="Colleagues and auditors read it; it is kept for good."
    />
  );
}
