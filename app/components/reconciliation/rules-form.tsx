import { Form, useNavigation } from "@remix-run/react";
import { clsx } from "clsx";
import { Plus } from "lucide-react";
import { useState } from "react";
import { CHANNELS, countriesOf, countryName, feeRowsOf, OTHER } from "~/domain/reconciliation/rules-form.ts";
import type { FieldErrors, FieldValues } from "~/lib/form.ts";
import { CURRENCIES } from "~/lib/money.ts";
import type { RuleSet } from "~/xendit/reconcile/rules.ts";
import { Button } from "../ui/button.tsx";
import { Field, Input, Select, TextareaField, TextField } from "../ui/field.tsx";
import { Panel } from "../ui/panel.tsx";

interface RulesFormProps {
  readonly rules: RuleSet;
  /** As typed, else as they are on record. */
  readonly values: FieldValues;
  readonly errors: FieldErrors;
  readonly seen: number | null;
  readonly isReadOnly: boolean;
}

const BLANK_ROWS = 1;

/** Every field of the rules. Changing them shows what would come of it first. */
export function RulesForm({ rules, values, errors, seen, isReadOnly }: RulesFormProps) {
  const isBusy = useNavigation().formData?.get("intent") === "preview";
  const fields = { values, errors };
  return (
    <Form method="post" noValidate>
      <input type="hidden" name="intent" value="preview" />
      <input type="hidden" name="seen" value={seen ?? ""} />
      <fieldset disabled={isReadOnly} className="flex min-w-0 flex-col gap-4">
        <Fees {...fields} canAdd={!isReadOnly} />
        <div className="grid items-start gap-4 md:grid-cols-2">
          <Vat {...fields} rules={rules} />
          <Terms {...fields} rules={rules} />
          <Holidays {...fields} />
          <Limits {...fields} />
        </div>
        {!isReadOnly && (
          <div className="flex flex-wrap items-center gap-3">
            <Button type="submit" tone="primary" disabled={isBusy}>
              {isBusy ? "Trying them on everything…" : "Show what would change"}
            </Button>
            <span className="text-sm text-muted">Nothing is changed before you confirm it.</span>
          </div>
        )}
      </fieldset>
    </Form>
  );
}

interface Fields {
  readonly values: FieldValues;
  readonly errors: FieldErrors;
}

function Fees({ values, errors, canAdd }: Fields & { canAdd: boolean }) {
  const known = feeRowsOf(values);
  const [added, setAdded] = useState(0);
  const rows = known + (canAdd ? Math.max(BLANK_ROWS, added) : 0);
  return (
    <Panel
      title="Fees"
      id="fees"
      actions={
        canAdd && (
          <Button type="button" size="sm" onClick={() => setAdded(Math.max(BLANK_ROWS, added) + 1)}>
            <Plus size={14} aria-hidden /> Add a row
          </Button>
        )
      }
    >
      <p className="mb-2 text-sm text-muted">
        The first row that fits a channel and currency counts. Where none does, fee and VAT are not checked, and each
        group says so. Empty both figures to leave a row out.
      </p>
      {known === 0 && (
        <p className="mb-2 text-sm text-look">
          No rate is set: Xendit publishes none, each merchant has its own. See your contract.
        </p>
      )}
      <div className="flex flex-col gap-2">
        {Array.from({ length: rows }, (_, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place
          <FeeRow key={place} place={place} values={values} errors={errors} />
        ))}
      </div>
      <div className="mt-3 max-w-[280px]">
        <TextField
          label="Tolerance"
          name="feeTolerance"
          inputMode="numeric"
          defaultValue={values.feeTolerance}
          error={errors.feeTolerance}
          hint="How far fee and VAT may each be off, in minor units (1 is 0.01 IDR)."
        />
      </div>
    </Panel>
  );
}

function FeeRow({ place, values, errors }: Fields & { place: number }) {
  const name = (part: string) => `fee-${place}-${part}`;
  const channel = values[name("channel")] ?? "CARDS";
  const channels = [...new Set([...CHANNELS, channel])].map((value) => {
    return { value, label: value === "*" ? "Any channel" : value };
  });
  const currencies = [{ value: "", label: "–" }, ...CURRENCIES.map((value) => ({ value, label: value }))];
  return (
    <fieldset
      aria-label={`Fee ${place + 1}`}
      className={clsx("grid min-w-0 grid-cols-2 items-start gap-2 sm:grid-cols-4", place > 0 && "sm:[&_label]:sr-only")}
    >
      <Field label="Channel" name={name("channel")} error={errors[name("channel")]}>
        <Select options={channels} defaultValue={channel} />
      </Field>
      <Field label="Currency" name={name("currency")} error={errors[name("currency")]}>
        <Select options={currencies} defaultValue={values[name("currency")] ?? ""} />
      </Field>
      <Field label="Percent" name={name("percent")} error={errors[name("percent")]}>
        <Input inputMode="decimal" defaultValue={values[name("percent")]} />
      </Field>
      <Field label="Fixed" name={name("fixed")} error={errors[name("fixed")]}>
        <Input inputMode="decimal" defaultValue={values[name("fixed")]} />
      </Field>
    </fieldset>
  );
}

function Vat({ rules, values, errors }: Fields & { rules: RuleSet }) {
  return (
    <Panel title="VAT on the fee" id="vat">
      <p className="mb-2 text-sm text-muted">Percent, by country. Empty: VAT is not checked there.</p>
      <div className="grid grid-cols-2 gap-2">
        {countriesOf(rules).map((country) => (
          <TextField
            key={country}
            label={countryName(country)}
            name={`vat-${country}`}
            inputMode="decimal"
            defaultValue={values[`vat-${country}`]}
            error={errors[`vat-${country}`]}
          />
        ))}
      </div>
    </Panel>
  );
}

const dayKinds = [
  { value: "calendar", label: "calendar days" },
  { value: "business", label: "business days" },
];

function Terms({ rules, values, errors }: Fields & { rules: RuleSet }) {
  return (
    <Panel title="Settlement terms" id="terms">
      <p className="mb-2 text-sm text-muted">
        Days from the capture to its settlement. An estimate that a report gives for a payment goes before them.
      </p>
      <div className="flex flex-col gap-2">
        {[...countriesOf(rules), OTHER].map((country) => (
          <fieldset key={country} aria-label={termsName(country)} className="grid min-w-0 grid-cols-2 gap-2">
            <TextField
              label={termsName(country)}
              name={`terms-${country}-days`}
              inputMode="numeric"
              defaultValue={values[`terms-${country}-days`]}
              error={errors[`terms-${country}-days`]}
            />
            <Field label="Counted in" name={`terms-${country}-kind`} error={errors[`terms-${country}-kind`]}>
              <Select options={dayKinds} defaultValue={values[`terms-${country}-kind`] ?? "calendar"} />
            </Field>
          </fieldset>
        ))}
      </div>
    </Panel>
  );
}

function termsName(country: string): string {
  return country === OTHER ? "Any other country" : countryName(country);
}

function Holidays({ values, errors }: Fields) {
  return (
    <Panel title="Holidays" id="holidays">
      <TextareaField
        label="Days that are no business days"
        name="holidays"
        rows={6}
        className="font-mono"
        defaultValue={values.holidays}
        error={errors.holidays}
        hint="One a line, as 2026-12-25. Saturdays and Sundays go without saying."
      />
    </Panel>
  );
}

function Limits({ values, errors }: Fields) {
  return (
    <Panel title="Write-off limits" id="limits">
      <p className="mb-2 text-sm text-muted">
        The largest difference that may be written off. Empty: nothing can be written off in that currency.
      </p>
      <div className="grid grid-cols-2 gap-2">
        {CURRENCIES.map((currency) => (
          <TextField
            key={currency}
            label={currency}
            name={`limit-${currency}`}
            inputMode="decimal"
            defaultValue={values[`limit-${currency}`]}
            error={errors[`limit-${currency}`]}
          />
        ))}
      </div>
    </Panel>
  );
}
