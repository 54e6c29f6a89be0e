import type { IdentifierKind } from "~/xendit/projection.ts";
import { referenceStem } from "~/xendit/reference.ts";
import { cleanPaste, stripWrapping } from "./clean-paste.ts";
import { type AmountReading, readAmounts } from "./read-amounts.ts";
import { type CardReading, maskedIfWholeCard, readCard } from "./read-card.ts";
import { type Clock, type DayReading, readDays } from "./read-days.ts";
import { type FoundId, prefixed, readIds } from "./read-ids.ts";
import { type LabelledValue, readLabels } from "./read-labels.ts";

/** A value that identifiers may hold, lower-cased as they are. */
export interface ExactValue {
  readonly value: string;
  /** `null`: any kind. */
  readonly kind: IdentifierKind | null;
}

/** An amount, perhaps of one day: "10000 yesterday". */
export interface AmountOfDay {
  readonly amount: AmountReading;
  readonly day: DayReading | null;
}

/** Everything a pasted or typed text may be. What it is, the store decides. */
export interface Lookup {
  /** One line, as typed otherwise; empty when nothing was. A whole card number is masked in it. */
  readonly text: string;
  readonly ids: readonly FoundId[];
  readonly exact: readonly ExactValue[];
  /** Identifiers may begin with this; `null` when that would say nothing. */
  readonly prefix: string | null;
  readonly card: CardReading | null;
  readonly amounts: readonly AmountOfDay[];
  readonly days: readonly DayReading[];
  /** Set when the text is a whole card number: search by this instead. */
  readonly maskedCard: string | null;
}

/** Two letters begin everything. */
const SHORTEST_PREFIX = 3;
/** As long as an identifier may be. */
const LONGEST_VALUE = 255;
const MAX_READINGS = 4;
const LONGEST_AMOUNT_OF_DAY = 60;

/** Reads pasted text in the operator's zone. Never throws, whatever the text. */
export function readLookup(pasted: string, clock: Clock): Lookup {
  const clean = cleanPaste(pasted);
  const text = stripWrapping(clean);
  const lower = text.toLowerCase();
  const ids = readIds(clean);
  const labelled = readLabels(clean);
  const told = (kind: "amount" | "date" | "card") => labelled.find((one) => one.kind === kind)?.value;
  const maskedCard = maskedIfWholeCard(text);
  return {
    text: (maskedCard ?? text).slice(0, LONGEST_VALUE),
    ids,
    exact: exactValues(pasted, lower, { ids, labelled }),
    prefix: ids.some((id) => id.isWhole) ? null : prefixOf(ids[0]?.value ?? labelled[0]?.value ?? lower),
    card: readCard(told("card") ?? maskedCard ?? lower),
    amounts: amountsOf(told("amount") ?? lower, clock).slice(0, MAX_READINGS),
    days: readDays(told("date") ?? lower, clock).slice(0, MAX_READINGS),
    maskedCard,
  };
}

function exactValues(
  pasted: string,
  lower: string,
  { ids, labelled }: { ids: readonly FoundId[]; labelled: readonly LabelledValue[] },
): readonly ExactValue[] {
  const found = new Map<string, ExactValue>();
  const add = (text: string, kind: IdentifierKind | null) => {
    const value = text.trim();
    if (value !== "" && value.length <= LONGEST_VALUE) found.set(`${kind ?? ""}\n${value}`, { value, kind });
  };
  // As pasted too: a reference may have brackets, or a percent sign, of its own.
  for (const text of [pasted.trim().toLowerCase(), lower]) add(text, null);
  add(referenceStem(lower), "reference");
  if (/^[\d -]+$/.test(lower)) add(lower.replace(/[ -]/g, ""), null);
  for (const id of [...ids.map((one) => one.value), ...prefixed(lower)]) add(id, null);
  for (const address of addressesIn(lower)) add(address, "email");
  for (const { kind, value } of labelled) if (kind !== "amount" && kind !== "date") add(value, kind);
  for (const { kind, value } of labelled) if (kind === "reference") add(referenceStem(value), kind);
  return [...found.values()];
}

function addressesIn(text: string): readonly string[] {
  return text.split(/[\s"'<>(),;:=[\]{}&?]+/).flatMap((word) => (/.@./.test(word) ? [word.replace(/[.!]+$/, "")] : []));
}

/** An address is found whole or not at all, so that its beginning tells nobody the rest. */
function prefixOf(text: string): string | null {
  return text.length < SHORTEST_PREFIX || text.length > LONGEST_VALUE || text.includes("@") ? null : text;
}

/** The whole text as an amount; else its beginning or end as one, and the rest as a day. */
function amountsOf(text: string, clock: Clock): readonly AmountOfDay[] {
  const alone = readAmounts(text);
  if (alone.length > 0) return alone.map((amount) => ({ amount, day: null }));
  if (text.length > LONGEST_AMOUNT_OF_DAY || readDays(text, clock).length > 0) return [];
  for (const { index } of text.matchAll(/ (?:on )?/g)) {
    const [before, after] = [text.slice(0, index), text.slice(index).replace(/^ (?:on )?/, "")];
    for (const [money, date] of [
      [before, after],
      [after, before],
    ] as const) {
      const amounts = readAmounts(money);
      const [day] = amounts.length > 0 ? readDays(date, clock) : [];
      if (day) return amounts.map((amount) => ({ amount, day }));
    }
  }
  return [];
}
