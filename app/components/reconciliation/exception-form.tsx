import { Form, useActionData, useLocation, useNavigation } from "@remix-run/react";
import type { ReactNode } from "react";
import type { FieldErrors, FieldValues } from "~/lib/form.ts";

/** What the action of the page answers when it refuses: the form as typed, with what is wrong beside its field. */
export interface RefusedException {
  readonly errors: FieldErrors;
  readonly values: FieldValues;
  /** Which form it was: its intent, and the row it was about. */
  readonly of: string;
}

/** The refusal of this form, if it was this one. */
export function useRefused(of: string): RefusedException | undefined {
  const refused = useActionData<RefusedException>();
  return refused?.of === of ? refused : undefined;
}

export function useIsSending(): boolean {
  return useNavigation().formData !== undefined;
}

interface ExceptionFormProps {
  /** The panel to come back to. */
  readonly panel: string;
  readonly className?: string;
  readonly hidden?: Readonly<Record<string, string>>;
  /** Said above the fields. */
  readonly error?: string;
  readonly children: ReactNode;
}

/** Posts to the page it stands on, and stays where it is on it. */
export function ExceptionPost({ panel, className, hidden = {}, error, children }: ExceptionFormProps) {
  const { pathname, search } = useLocation();
  return (
    <Form method="post" action={`${pathname}${search}#${panel}`} preventScrollReset className={className}>
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {error && (
        <p role="alert" className="mb-2 text-sm text-bad">
          {error}
        </p>
      )}
      {children}
    </Form>
  );
}
