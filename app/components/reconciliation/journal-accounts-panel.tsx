import { Form, useNavigation } from "@remix-run/react";
import { type AccountCodes, JOURNAL_ACCOUNTS } from "~/domain/reconciliation/journal-accounts.ts";
import type { FieldErrors, FieldValues } from "~/lib/form.ts";
import { Button } from "../ui/button.tsx";
import { TextField } from "../ui/field.tsx";
import { Facts, Panel } from "../ui/panel.tsx";

interface JournalAccountsPanelProps {
  readonly codes: AccountCodes;
  readonly canChange: boolean;
  readonly errors: FieldErrors;
  readonly values: FieldValues | null;
}

/** Which code each account of the journal has; one chart for every environment. */
export function JournalAccountsPanel({ codes, canChange, errors, values }: JournalAccountsPanelProps) {
  const isSaving = useNavigation().formData?.get("intent") === "journal-accounts";
  if (!canChange) {
    return (
      <Panel title="Journal accounts" id="journal-accounts">
        <Facts items={JOURNAL_ACCOUNTS.map(({ name, label }) => ({ label, value: codes[name] }))} />
      </Panel>
    );
  }
  return (
    <Panel title="Journal accounts" id="journal-accounts">
      <Form method="post" className="flex flex-col gap-3" noValidate>
        <input type="hidden" name="intent" value="journal-accounts" />
        <div className="grid grid-cols-1 gap-3 sm:grid-cols-2">
          {JOURNAL_ACCOUNTS.map(({ name, label, about }) => (
            <TextField
              key={name}
              label={label}
              name={name}
              id={`journal-account-${name}`}
              className="figures"
              autoComplete="off"
              spellCheck={false}
              defaultValue={values?.[name] ?? codes[name]}
              error={errors[name]}
              hint={about}
            />
          ))}
        </div>
        <p className="text-sm text-muted">
          For every environment. A journal that was exported keeps the codes it was exported with.
        </p>
        <div>
          <Button type="submit" disabled={isSaving}>
            Save accounts
          </Button>
        </div>
      </Form>
    </Panel>
  );
}
