import type { FieldErrors, FieldValues } from "~/lib/form.ts";
import { CURRENCIES, isKnownCurrency, plainDecimal, toMinorUnits } from "~/lib/money.ts";
import { parseDay } from "~/lib/time.ts";
import type { FeeRule, RuleSet, SettlementTerms } from "~/xendit/reconcile/rules.ts";

/** The rules as fields of a form and back. Pure and browser-safe; a field's name is where its error stands. */

/** Where Xendit takes cards (FACTS 2.4). Others that are on record stay. */
export const COUNTRIES = {
  ID: "Indonesia",
  PH: "Philippines",
  TH: "Thailand",
  MY: "Malaysia",
  SG: "Singapore",
  VN: "Vietnam",
};
/** Of those whose country is not known or not named. */
export const OTHER = "other";

/** Xendit's channel categories (FACTS 8.1); `*` is any. */
export const CHANNELS = [
  "CARDS",
  "*",
  "BANK",
  "CARDLESS_CREDIT",
  "CASH",
  "DIRECT_DEBIT",
  "EWALLET",
  "PAYLATER",
  "QR_CODE",
  "RETAIL_OUTLET",
  "VIRTUAL_ACCOUNT",
] as const;

const MOST_FEES = 60;
const MOST_HOLIDAYS = 500;
const MOST_DAYS = 60;
const MOST_TOLERANCE = 1_000_000;

export type ParsedRules =
  | { readonly ok: true; readonly rules: RuleSet; readonly values: FieldValues }
  | { readonly ok: false; readonly errors: FieldErrors; readonly values: FieldValues };

export function countriesOf(rules: RuleSet): readonly string[] {
  return [...new Set([...Object.keys(COUNTRIES), ...Object.keys(rules.vatPercent), ...Object.keys(rules.terms)])];
}

export function countryName(country: string): string {
  return Object.hasOwn(COUNTRIES, country) ? COUNTRIES[country as keyof typeof COUNTRIES] : country;
}

export function valuesOf(rules: RuleSet): FieldValues {
  const fees = rules.fees.flatMap((fee, place) =>
    (["channel", "currency", "percent", "fixed"] as const).map((part) => [`fee-${place}-${part}`, fee[part]] as const),
  );
  const terms = [...Object.entries(rules.terms), [OTHER, rules.otherTerms] as const];
  return Object.fromEntries<string>([
    ...fees,
    ["feeTolerance", String(rules.feeTolerance)],
    ...countriesOf(rules).map((country) => [`vat-${country}`, rules.vatPercent[country] ?? ""] as const),
    ...terms.flatMap(([country, { days, business }]) => [
      [`terms-${country}-days`, String(days)] as const,
      [`terms-${country}-kind`, business ? "business" : "calendar"] as const,
    ]),
    ["holidays", rules.holidays.join("\n")],
    ...CURRENCIES.map((currency) => [`limit-${currency}`, rules.writeOffLimits[currency] ?? ""] as const),
  ]);
}

/** How many fee rows the values hold, blank ones included. */
export function feeRowsOf(values: FieldValues): number {
  const places = Object.keys(values).flatMap((name) => /^fee-(\d{1,3})-/.exec(name)?.[1] ?? []);
  return places.length === 0 ? 0 : Math.max(...places.map(Number)) + 1;
}

/** `before` says which countries there are; every other field comes from the form. Nothing is guessed: what does not fit is named. */
export function parseRules(form: FormData, before: RuleSet): ParsedRules {
  const values = textsOf(form);
  const errors: Record<string, string> = {};
  const read = readerOf(values, errors);
  const countries = countriesOf(before);
  const rules: RuleSet = {
    fees: readFees(values, read, errors),
    feeTolerance: read.whole("feeTolerance", MOST_TOLERANCE) ?? 0,
    vatPercent: compact(countries.map((country) => [country, read.percent(`vat-${country}`)])),
    terms: compact(countries.map((country) => [country, readTerms(`terms-${country}`, read)])),
    otherTerms: readTerms(`terms-${OTHER}`, read, true) ?? before.otherTerms,
    holidays: readHolidays(values.holidays ?? "", errors),
    writeOffLimits: compact(CURRENCIES.map((currency) => [currency, read.amount(`limit-${currency}`, currency)])),
  };
  return Object.keys(errors).length > 0 ? { ok: false, errors, values } : { ok: true, rules, values };
}

/** Order of keys and form of decimals aside. */
export function areSameRules(a: RuleSet, b: RuleSet): boolean {
  return JSON.stringify(valuesOf(a)) === JSON.stringify(valuesOf(b)) || canonical(a) === canonical(b);
}

function canonical(rules: RuleSet): string {
  return JSON.stringify(Object.entries(valuesOf(rules)).sort(([one], [other]) => (one < other ? -1 : 1)));
}

function textsOf(form: FormData): FieldValues {
  const entries = [...form].filter((entry): entry is [string, string] => typeof entry[1] === "string");
  return Object.fromEntries(entries.map(([name, value]) => [name, value.slice(0, 20_000)]));
}

type Read = ReturnType<typeof readerOf>;

function readerOf(values: FieldValues, errors: Record<string, string>) {
  const text = (name: string) => (values[name] ?? "").trim();
  const refuse = (name: string, message: string) => {
    errors[name] ??= message;
    return null;
  };
  return {
    text,
    refuse,
    whole(name: string, most: number): number | null {
      const given = text(name);
      if (!/^\d{1,9}$/.test(given) || Number(given) > most) {
        return refuse(name, `A whole number from 0 to ${most.toLocaleString("en")}.`);
      }
      return Number(given);
    },
    /** Blank is none. */
    percent(name: string): string | null {
      const given = text(name);
      if (given === "") return null;
      const plain = plainDecimal(given);
      const isPercent = plain !== null && /^\d{1,3}(\.\d{1,4})?$/.test(plain) && Number(plain) <= 100;
      return isPercent ? plain : refuse(name, "A percentage from 0 to 100, with up to four decimals: 2.9");
    },
    amount(name: string, currency: string): string | null {
      const given = text(name);
      if (given === "") return null;
      const minor = toMinorUnits(given, currency);
      if (minor === null || minor < 0) return refuse(name, `An amount in plain digits that ${currency} has: 2000.`);
      return plainDecimal(given);
    },
  };
}

function readFees(values: FieldValues, read: Read, errors: Record<string, string>): readonly FeeRule[] {
  const fees: FeeRule[] = [];
  for (let place = 0; place < feeRowsOf(values); place++) {
    const name = (part: keyof FeeRule) => `fee-${place}-${part}`;
    const percent = read.text(name("percent"));
    const fixed = read.text(name("fixed"));
    // A row whose two figures are empty is one to be left out.
    if (percent === "" && fixed === "") continue;
    const channel = read.text(name("channel"));
    const currency = read.text(name("currency"));
    if (!/^([A-Z_]{2,40}|\*)$/.test(channel)) errors[name("channel")] = "Choose a channel.";
    if (!isKnownCurrency(currency)) {
      errors[name("currency")] = "Choose a currency.";
      continue;
    }
    if (fees.some((one) => one.channel === channel && one.currency === currency)) {
      errors[name("channel")] = "A row above has this channel and currency already, and the first one counts.";
    }
    fees.push({
      channel,
      currency,
      percent: percent === "" ? "0" : (read.percent(name("percent")) ?? "0"),
      fixed: fixed === "" ? "0" : (read.amount(name("fixed"), currency) ?? "0"),
    });
  }
  if (fees.length > MOST_FEES) errors.form = `At most ${MOST_FEES} fees.`;
  return fees;
}

function readTerms(name: string, read: Read, isRequired = false): SettlementTerms | null {
  if (!isRequired && read.text(`${name}-days`) === "") return null;
  const days = read.whole(`${name}-days`, MOST_DAYS);
  const kind = read.text(`${name}-kind`);
  if (kind !== "business" && kind !== "calendar") read.refuse(`${name}-kind`, "Choose which days count.");
  return days === null ? null : { days, business: kind === "business" };
}

function readHolidays(text: string, errors: Record<string, string>): readonly string[] {
  const given = text.split(/[\s,;]+/).filter(Boolean);
  const wrong = given.find((one) => parseDay(one) === null);
  if (wrong !== undefined)
    errors.holidays = `“${wrong.slice(0, 40)}” is not a day. Write days as 2026-12-25, one a line.`;
  else if (given.length > MOST_HOLIDAYS) errors.holidays = `At most ${MOST_HOLIDAYS} days.`;
  return [...new Set(given)].sort();
}

function compact<Value>(entries: readonly (readonly [string, Value | null])[]): Record<string, Value> {
  return Object.fromEntries(entries.filter((entry): entry is [string, Value] => entry[1] !== null));
}
