import type { SourcedTelling, Telling, TellingField } from "./telling.ts";
import { TELLING_SOURCES } from "./telling.ts";
import { codeOf, sumAmounts, TELLING_FIELDS, UNTOLD } from "./told-values.ts";

export interface MergedTelling {
  readonly telling: Telling;
  /** Fields that tellings of the same time tell differently. */
  readonly disagreements: readonly TellingField[];
}

/**
 * What all tellings of one transaction come to, whatever the order they came in: field by field the first that is told, the
 * latest update first (undated last), at one time what is further on its way to settlement first, then by source, then by
 * digest. Lines of the ledger are added up before.
 */
export function mergeTellings(tellings: readonly SourcedTelling[]): MergedTelling {
  const [only] = tellings;
  if (tellings.length === 1 && only && !only.entry) return { telling: only.telling, disagreements: [] };
  const ledger = addUp(tellings.filter((one) => one.entry));
  const whole = tellings.filter((one) => !one.entry);
  const sorted = [...whole, ...(ledger ? [ledger.sum] : [])].sort(byStanding);
  return {
    telling: firstTold(sorted),
    disagreements: inOrder([...(ledger?.disagreements ?? []), ...differing(sorted)]),
  };
}

function firstTold(sorted: readonly SourcedTelling[]): Telling {
  const merged: Record<string, string | number | null> = { ...UNTOLD };
  for (const field of TELLING_FIELDS) {
    merged[field] = sorted.find(({ telling }) => telling[field] !== null)?.telling[field] ?? null;
  }
  return merged as unknown as Telling;
}

function byStanding(a: SourcedTelling, b: SourcedTelling): number {
  return (
    secondOf(b) - secondOf(a) ||
    stageOf(b) - stageOf(a) ||
    TELLING_SOURCES.indexOf(a.source) - TELLING_SOURCES.indexOf(b.source) ||
    compare(a.digest, b.digest)
  );
}

/** Files tell seconds where the API tells milliseconds: it is one time. */
function secondOf({ telling }: SourcedTelling): number {
  return telling.updatedAt === null ? Number.MIN_SAFE_INTEGER : Math.floor(telling.updatedAt / 1000);
}

/** Settlement changes without the time of the update: what is settled was pending before, and never the other way. */
function stageOf({ telling }: SourcedTelling): number {
  if (telling.settlementStatus !== null && codeOf(telling.settlementStatus).endsWith("SETTLED")) return 2;
  return telling.status !== null && codeOf(telling.status) === "PENDING" ? 0 : 1;
}

const SUMMED = ["amount", "fee", "vat", "withheld"] as const;

/** The lines of the ledger as one telling. Of each line the versions are merged first, so that none counts twice. */
function addUp(
  lines: readonly SourcedTelling[],
): { sum: SourcedTelling; disagreements: readonly TellingField[] } | null {
  if (lines.length === 0) return null;
  const entries = [...byEntry(lines)].sort(([a], [b]) => compare(a, b));
  const versions = entries.map(([entry, all]) => ({ entry, sorted: all.toSorted(byStanding) }));
  const merged = versions.map(({ entry, sorted }): SourcedTelling => {
    return { source: "balance", digest: entry, entry, telling: firstTold(sorted) };
  });
  // What the transaction itself tells goes before what its fee and VAT repeat of it.
  const standing = merged.toSorted((a, b) => rankOf(a) - rankOf(b) || compare(a.digest, b.digest));
  const telling = { ...firstTold(standing), ...totalsOf(merged) };
  const disagreements = [
    ...versions.flatMap(({ sorted }) => differing(sorted)),
    ...differing(standing).filter((field) => field === "currency"),
  ];
  return { sum: { source: "balance", digest: "", telling }, disagreements };
}

function byEntry(lines: readonly SourcedTelling[]): ReadonlyMap<string, SourcedTelling[]> {
  const entries = new Map<string, SourcedTelling[]>();
  for (const line of lines) {
    const entry = line.entry ?? "";
    entries.set(entry, [...(entries.get(entry) ?? []), line]);
  }
  return entries;
}

function rankOf({ telling }: SourcedTelling): number {
  if (telling.amount !== null) return 0;
  return telling.status !== null ? 1 : 2;
}

/** What the balance moved by is the net only where the transaction itself is among the lines. */
function totalsOf(lines: readonly SourcedTelling[]): Pick<Telling, (typeof SUMMED)[number] | "net" | "status"> {
  const total = (field: (typeof SUMMED)[number] | "net") => sumAmounts(lines.map(({ telling }) => telling[field]));
  const amount = total("amount");
  return {
    amount,
    fee: total("fee"),
    vat: total("vat"),
    withheld: total("withheld"),
    net: amount === null ? null : total("net"),
    status: lines.find(({ telling }) => telling.status !== null)?.telling.status ?? null,
  };
}

/** Reports name channels, types and masked cards in words of their own; what money and ids are told must be the same. */
const SAME_IN_ALL: ReadonlySet<TellingField> = new Set([
  "status",
  "currency",
  "amount",
  "fee",
  "vat",
  "withheld",
  "net",
  "reference",
  "productId",
  "paymentRequestId",
  "captureId",
  "settledAt",
]);

function differing(sorted: readonly SourcedTelling[]): readonly TellingField[] {
  return TELLING_FIELDS.filter((field) =>
    sorted.some((first, place) => sorted.slice(place + 1).some((other) => isAtOdds(field, first, other))),
  );
}

function isAtOdds(field: TellingField, a: SourcedTelling, b: SourcedTelling): boolean {
  if (field === "updatedAt" || secondOf(a) !== secondOf(b) || stageOf(a) !== stageOf(b)) return false;
  if (a.source !== b.source && !SAME_IN_ALL.has(field)) return false;
  const [one, other] = [spelled(a.telling[field]), spelled(b.telling[field])];
  return one !== null && other !== null && one !== other;
}

function spelled(value: string | number | null): string | number | null {
  if (typeof value === "number") return Math.floor(value / 1000);
  return value === null ? null : codeOf(value);
}

function inOrder(fields: readonly TellingField[]): readonly TellingField[] {
  const named = new Set(fields);
  return TELLING_FIELDS.filter((field) => named.has(field));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
