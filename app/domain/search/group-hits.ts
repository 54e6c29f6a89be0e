import type { Environment } from "~/lib/environment.ts";
import { formatMoney, type KnownCurrency, toMinorUnits } from "~/lib/money.ts";
import { paths, withParams } from "~/lib/paths.ts";
import { maskEmail } from "~/lib/pii.ts";
import { identifierLabel } from "~/xendit/codes/identifier-words.ts";
import { IDENTIFIER_KINDS, type IdentifierKind } from "~/xendit/projection.ts";
import type { DayReading } from "./read-days.ts";
import type { AmountOfDay } from "./read-lookup.ts";
import type { DescribedTarget, Reason, SearchGroup, SearchHit } from "./search-answer.ts";

/** Words and links around results. Pure. */

export const SHOWN = { exact: 6, prefix: 4, amount: 4, day: 6, besides: 3 } as const;

interface Found {
  readonly environment: Environment;
  readonly value: string;
  readonly kind: IdentifierKind;
  readonly target: string;
}

/** One group a kind, in the order of the kinds: ids first. `described` are newest first; what is not among them is out of reach. */
export function identifierGroups(
  found: readonly Found[],
  described: readonly DescribedTarget[],
  { sort, matched, environment }: { sort: "exact" | "prefix"; matched: number | null; environment: Environment },
): readonly SearchGroup[] {
  return IDENTIFIER_KINDS.flatMap((kind) => {
    const values = new Map(
      found.filter((one) => one.kind === kind).map((one) => [`${one.environment}\n${one.target}`, one.value]),
    );
    const all = described.flatMap((one): SearchHit[] => {
      const value = values.get(`${one.environment}\n${one.id}`);
      return value === undefined ? [] : [{ ...one, reason: reasonOf(kind, value, matched) }];
    });
    // Where one looks comes first, then newest first.
    const here = [
      ...all.filter((one) => one.environment === environment),
      ...all.filter((one) => one.environment !== environment),
    ];
    const [first] = here;
    if (!first) return [];
    const text = first.reason.value?.slice(0, matched ?? undefined) ?? "";
    const title =
      sort === "exact" ? `${identifierLabel[kind]} ${text}` : `${identifierLabel[kind]} begins with ${text}`;
    const asked = values.values().next().value ?? "";
    const more = here.length > SHOWN[sort] ? moreLink(first, asked.slice(0, matched ?? undefined)) : null;
    return [{ id: `${sort}-${kind}`, title, sort, hits: here.slice(0, SHOWN[sort]), more }];
  });
}

function reasonOf(kind: IdentifierKind, value: string, matched: number | null): Reason {
  const shown = kind === "email" ? maskEmail(value) : value;
  return { label: identifierLabel[kind], value: shown, matched: matched ?? shown.length };
}

function moreLink({ kind, environment }: DescribedTarget, q: string): SearchGroup["more"] {
  const list = kind === "session" ? paths.sessions() : paths.payments();
  return {
    text: `All ${kind === "session" ? "sessions" : "payments"} found so`,
    href: withParams(list, { environment, q }),
  };
}

/** Each currency an amount fits, with its minor units. */
export function moneyOf({ amount }: AmountOfDay, currencies: readonly KnownCurrency[]) {
  return (amount.currency === null ? currencies : [amount.currency]).flatMap((currency) => {
    const minor = toMinorUnits(amount.decimal, currency);
    return minor === null ? [] : [{ currency, minor }];
  });
}

export function amountGroup(
  rows: readonly DescribedTarget[],
  asked: { environment: Environment; currency: KnownCurrency; minor: number; decimal: string; day: DayReading | null },
): readonly SearchGroup[] {
  const { environment, currency, minor, decimal, day } = asked;
  if (rows.length === 0) return [];
  const money = formatMoney({ minor, currency });
  const search = { environment, currency, amount_min: decimal, amount_max: decimal, from: day?.day, to: day?.day };
  const more = { text: `All payments of ${money}`, href: withParams(paths.payments(), search) };
  return [
    {
      id: `amount-${currency}-${minor}`,
      title: day ? `${money} on ${day.label}` : money,
      sort: "amount",
      hits: rows.slice(0, SHOWN.amount).map((row) => withReason(row, day ? "Amount and day" : "Amount")),
      more: rows.length > SHOWN.amount ? more : null,
    },
  ];
}

const dayLists = {
  payment: { title: "Payments", path: paths.payments(), shown: SHOWN.day, reason: "Created" },
  session: { title: "Sessions", path: paths.sessions(), shown: SHOWN.besides, reason: "Created" },
  webhook: { title: "Webhooks", path: paths.webhooks(), shown: SHOWN.besides, reason: "Received" },
} as const;

export function dayGroup(
  kind: keyof typeof dayLists,
  rows: readonly DescribedTarget[],
  { environment, day }: { environment: Environment; day: DayReading },
): readonly SearchGroup[] {
  const { title, path, shown, reason } = dayLists[kind];
  if (rows.length === 0) return [];
  const href = withParams(path, { environment, from: day.day, to: day.day });
  return [
    {
      id: `day-${kind}-${day.day}`,
      title: `${title} of ${day.label}`,
      sort: "day",
      hits: rows.slice(0, shown).map((row) => withReason(row, reason)),
      more: rows.length > shown ? { text: `All ${title.toLowerCase()} of ${day.label}`, href } : null,
    },
  ];
}

export function webhookGroup(
  rows: readonly DescribedTarget[],
  { sort, text }: { sort: "exact" | "prefix"; text: string },
): readonly SearchGroup[] {
  if (rows.length === 0) return [];
  const title = sort === "exact" ? `Webhooks about ${text}` : `Webhook begins with ${text}`;
  const [first] = rows;
  const href = withParams(paths.webhooks(), { environment: first?.environment, q: text });
  const hits = rows.slice(0, SHOWN.exact).map((row) => withReason(row, sort === "exact" ? "Names this id" : "Webhook"));
  const more = rows.length > SHOWN.exact ? { text: "All webhooks found so", href } : null;
  return [{ id: `${sort}-webhook`, title, sort, hits, more }];
}

function withReason(row: DescribedTarget, label: string): SearchHit {
  return { ...row, reason: { label, value: null, matched: 0 } };
}
