import type { NewSessionPage } from "~/domain/sessions/new-session-page.server.ts";
import { CAPTURE_METHODS, COUNTRIES, countryName, magicAmounts } from "~/domain/sessions/session-form.ts";
import type { FieldErrors, FieldValues } from "~/lib/form.ts";
import { CURRENCIES } from "~/lib/money.ts";
import { Field, Input, SelectField, TextField } from "../ui/field.tsx";
import { Panel } from "../ui/panel.tsx";

interface FieldsProps {
  readonly errors: FieldErrors;
  readonly values: FieldValues;
}

export function PaymentFields({ page, errors, values }: FieldsProps & { readonly page: NewSessionPage }) {
  return (
    <Panel title="Payment" id="payment">
      <div className="grid gap-4 sm:grid-cols-2">
        <SavedCardField page={page} errors={errors} values={values} />
        <AmountField errors={errors} values={values} />
        <CurrencyField errors={errors} values={values} />
        <CountryField errors={errors} values={values} />
        <SelectField
          label="Capture"
          name="captureMethod"
          options={CAPTURE_METHODS.map((value) => ({ value, label: captureLabel[value] }))}
          defaultValue={values.captureMethod ?? "AUTOMATIC"}
          error={errors.captureMethod}
        />
        <ReferenceField errors={errors} values={values} />
      </div>
    </Panel>
  );
}

const captureLabel = { AUTOMATIC: "Automatic: charged at once", MANUAL: "Manual: held until captured" } as const;

function SavedCardField({ page, errors, values }: FieldsProps & { readonly page: NewSessionPage }) {
  const field = { label: "Saved card", name: "savedCard", error: errors.savedCard, required: true };
  if (page.cardsAreListed) {
    const first = page.savedCards[0]?.value;
    return <SelectField {...field} options={page.savedCards} defaultValue={values.savedCard ?? first} />;
  }
  return (
    <Field {...field} hint="The token id of a card saved under this key: Xendit has no list of them.">
      <Input list="cards-seen" placeholder="pt-…" defaultValue={values.savedCard} spellCheck={false} />
      <datalist id="cards-seen">
        {page.savedCards.map((card) => (
          <option key={card.value} value={card.value}>
            {card.label}
          </option>
        ))}
      </datalist>
    </Field>
  );
}

function AmountField({ errors, values }: FieldsProps) {
  return (
    <div>
      <TextField
        label="Amount"
        name="amount"
        error={errors.amount}
        required
        inputMode="decimal"
        autoComplete="off"
        className="figures"
        defaultValue={values.amount ?? "10000"}
        hint="In whole units, such as 10000 or 10000.50."
      />
      <MagicAmounts />
    </div>
  );
}

/** Amounts that decline. A list to read, not a control: the amount is typed like any other. */
function MagicAmounts() {
  return (
    <details className="text-sm">
      <summary className="link w-fit">Amounts that decline</summary>
      <dl className="mt-2 grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-0.5">
        {magicAmounts.map(({ amount, result, only }) => (
          <div key={amount} className="contents">
            <dt className="figures text-right text-ink">
              {amount}
              {only ? ` ${only}` : ""}
            </dt>
            <dd className="break-words">{result}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

export function CurrencyField({ errors, values }: FieldsProps) {
  return (
    <SelectField
      label="Currency"
      name="currency"
      options={CURRENCIES.map((value) => ({ value, label: value }))}
      defaultValue={values.currency ?? "IDR"}
      error={errors.currency}
    />
  );
}

export function CountryField({ errors, values }: FieldsProps) {
  return (
    <SelectField
      label="Country"
      name="country"
      options={COUNTRIES.map((value) => ({ value, label: countryName[value] }))}
      defaultValue={values.country ?? "ID"}
      error={errors.country}
    />
  );
}

export function ReferenceField({ errors, values }: FieldsProps) {
  return (
    <TextField
      label="Reference"
      name="referenceId"
      maxLength={64}
      placeholder="made for you when empty"
      defaultValue={values.referenceId}
      error={errors.referenceId}
    />
  );
}

/** A new customer each time, unless a customer id says who. */
export function CustomerFields({ errors, values }: FieldsProps) {
  const text = (name: string, fallback: string) => ({
    name,
    error: errors[name],
    defaultValue: values[name] ?? fallback,
    autoComplete: "off",
  });
  return (
    <Panel title="Customer" id="customer">
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField label="Given names" {...text("givenNames", "Jaap")} />
        <TextField label="Surname" {...text("surname", "Stam")} />
        <TextField label="E-mail" {...text("email", "shopper@example.com")} inputMode="email" />
        <TextField label="Mobile number" {...text("mobileNumber", "+6281234567890")} inputMode="tel" />
        <TextField
          label="Customer id"
          {...text("customerId", "")}
          placeholder="cust-…"
          hint="Instead of a new customer: the fields above are then not sent."
        />
      </div>
    </Panel>
  );
}
