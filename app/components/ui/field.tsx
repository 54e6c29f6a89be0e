import { clsx } from "clsx";
import { createContext, forwardRef, type ReactNode, useContext } from "react";

/** What a control inside a `Field` needs to be labelled and described. */
interface FieldControl {
  readonly id: string;
  readonly name: string;
  readonly required?: boolean;
  readonly "aria-invalid"?: true;
  readonly "aria-describedby"?: string;
}

const FieldContext = createContext<FieldControl | null>(null);

export interface FieldProps {
  readonly label: string;
  readonly name: string;
  /** `field-${name}` unless two forms on a page share a name. A control of your own must carry it. */
  readonly id?: string;
  readonly error?: string | null;
  readonly hint?: ReactNode;
  readonly required?: boolean;
}

/** A label, a control, a hint and what is wrong with the value, tied together for screen readers. */
export function Field({ label, name, id, error, hint, required, children }: FieldProps & { children: ReactNode }) {
  const controlId = id ?? `field-${name}`;
  const described = [error && `${controlId}-error`, hint && `${controlId}-hint`].filter(Boolean).join(" ");
  const control: FieldControl = {
    id: controlId,
    name,
    required,
    "aria-invalid": error ? true : undefined,
    "aria-describedby": described || undefined,
  };
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <label htmlFor={controlId} className="font-medium">
        {label}
      </label>
      <FieldContext.Provider value={control}>{children}</FieldContext.Provider>
      <FieldNotes id={controlId} error={error} hint={hint} />
    </div>
  );
}

function FieldNotes({ id, error, hint }: Pick<FieldProps, "error" | "hint"> & { id: string }) {
  return (
    <>
      {error && (
        <p id={`${id}-error`} className="text-sm text-bad">
          {error}
        </p>
      )}
      {hint && (
        <p id={`${id}-hint`} className="text-sm text-muted">
          {hint}
        </p>
      )}
    </>
  );
}

type ControlProps<Tag extends "input" | "select" | "textarea"> = Omit<React.ComponentPropsWithoutRef<Tag>, "name">;

/** Controls that take id, name and descriptions from the `Field` around them. */
export const Input = forwardRef<HTMLInputElement, React.ComponentPropsWithoutRef<"input">>(function Input(
  { className, ...rest },
  ref,
) {
  return <input ref={ref} className={clsx("control w-full", className)} {...useContext(FieldContext)} {...rest} />;
});

export function Textarea({ className, ...rest }: React.ComponentPropsWithoutRef<"textarea">) {
  return <textarea className={clsx("control w-full", className)} {...useContext(FieldContext)} {...rest} />;
}

export interface SelectOption {
  readonly value: string;
  readonly label: string;
  readonly disabled?: boolean;
}

export function Select({
  options,
  className,
  ...rest
}: React.ComponentPropsWithoutRef<"select"> & { options: readonly SelectOption[] }) {
  return (
    <select className={clsx("control w-full", className)} {...useContext(FieldContext)} {...rest}>
      {options.map((option) => (
        <option key={option.value} value={option.value} disabled={option.disabled}>
          {option.label}
        </option>
      ))}
    </select>
  );
}

export function TextField({ label, name, id, error, hint, required, ...control }: FieldProps & ControlProps<"input">) {
  return (
    <Field {...{ label, name, id, error, hint, required }}>
      <Input {...control} />
    </Field>
  );
}

export function TextareaField({
  label,
  name,
  id,
  error,
  hint,
  required,
  ...control
}: FieldProps & ControlProps<"textarea">) {
  return (
    <Field {...{ label, name, id, error, hint, required }}>
      <Textarea {...control} />
    </Field>
  );
}

/** A native select: its label works, and so does the page without JavaScript. */
export function SelectField({
  label,
  name,
  id,
  error,
  hint,
  required,
  ...control
}: FieldProps & ControlProps<"select"> & { options: readonly SelectOption[] }) {
  return (
    <Field {...{ label, name, id, error, hint, required }}>
      <Select {...control} />
    </Field>
  );
}

export function CheckboxField({ label, name, id, error, hint, ...control }: FieldProps & ControlProps<"input">) {
  const controlId = id ?? `field-${name}${control.value === undefined ? "" : `-${control.value}`}`;
  const described = [error && `${controlId}-error`, hint && `${controlId}-hint`].filter(Boolean).join(" ");
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={controlId} className="flex items-center gap-2">
        <input
          type="checkbox"
          id={controlId}
          name={name}
          aria-invalid={error ? true : undefined}
          aria-describedby={described || undefined}
          {...control}
        />
        {label}
      </label>
      <FieldNotes id={controlId} error={error} hint={hint} />
    </div>
  );
}
