import { isCardNumber } from "~/xendit/card-data.ts";

/** A masked card: the digits in front that are known, possibly none, and the last four. */
export interface CardReading {
  readonly first: string;
  readonly lastFour: string;
}

/** `4000****1091`, `400000XXXXXX1091`, `4000 00•• •••• 1091`, `•••• 1091`, `x1091`, `card 1091`, `ending in 1091`, `1091`. */
export function readCard(text: string): CardReading | null {
  const plain = text
    .toLowerCase()
    .replace(/^(?:card|kartu|visa|mastercard|amex|jcb)? ?(?:ending(?: in| with)?)? ?/, "");
  const masked = /^(\d{0,8})([*x•·#.…]*)(\d{4})$/.exec(plain.replace(/[ -]/g, ""));
  const [, first = "", mask = "", lastFour] = masked ?? [];
  if (lastFour === undefined || (first !== "" && (mask === "" || first.length < 4))) return null;
  // Two groups of digits with a dot between are an amount.
  return first !== "" && /^\.+$/.test(mask) && mask.length < 3 ? null : { first, lastFour };
}

/** A whole card number, which must not stand in an address or on a page: its masked form, else `null`. */
export function maskedIfWholeCard(text: string): string | null {
  const digits = text.replace(/[ -]/g, "");
  return isCardNumber(digits) ? `${digits.slice(0, 6)}${"X".repeat(digits.length - 10)}${digits.slice(-4)}` : null;
}
