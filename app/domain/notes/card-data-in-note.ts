import { isCardNumber } from "~/xendit/card-data.ts";
import { maskText } from "~/xendit/mask.ts";

/** What people put between the groups of a number. */
const SEPARATOR = String.raw`[ \t\u00a0.\u2010-\u2015_/-]`;
const digitRuns = new RegExp(String.raw`\d(?:${SEPARATOR}{0,3}\d){12,}`, "g");
const groupEnds = new RegExp(`${SEPARATOR}+`);
/** Zero-width characters, and what encloses the character before it, as in a keycap. */
const unseen = /[\p{Default_Ignorable_Code_Point}\p{Me}]/gu;
const LONGEST_CARD_NUMBER = 19;
const uuid = /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi;
const cvnInWords =
  /(?<![a-z])(?:cvn|cvv2?|cvc2?|cid|security\s+code|card\s+verification\s+(?:number|value|code))\W{0,3}(?:(?:is|was|number|no|code)\W{1,3}){0,2}\d(?:[ -]?\d){2,3}(?![\d:.,-]*\d)/i;

export interface FoundCardData {
  readonly refusal: "card_number" | "cvn";
  /** Digits only, of what looks like card numbers. */
  readonly numbers: readonly string[];
}

/**
 * Card data in free text (RULES 2 speaks of bodies, where every number has a name; here nothing has): any 13 to 19 digits
 * that pass Luhn, however grouped, and a CVN with its name before it. Ids of ours and Xendit's are left alone.
 */
export function cardDataInNote(text: string): FoundCardData | null {
  // Full-width and other digits are digits to whoever reads them, and what nobody sees parts none of them.
  const plain = text
    .normalize("NFKC")
    .replace(unseen, "")
    .replace(/\p{Nd}/gu, asciiDigit);
  if (cvnInWords.test(plain)) return { refusal: "cvn", numbers: [] };
  const numbers = [...plain.replace(uuid, "").matchAll(digitRuns)].flatMap(([run]) => cardNumbersIn(run));
  if (numbers.length > 0) return { refusal: "card_number", numbers };
  return maskText(plain) === plain ? null : { refusal: "cvn", numbers: [] };
}

/** What may be sent back to whoever typed it: their words, with no card data among them. */
export function withoutCardData(text: string): string {
  const found = cardDataInNote(text);
  if (!found) return text;
  return text.replace(/\p{Nd}/gu, "•");
}

/** Beside a card number there may stand a date or an amount: every stretch of whole groups that is short enough is tried. */
function cardNumbersIn(run: string): readonly string[] {
  const groups = run.split(groupEnds);
  return groups.flatMap((_, start) => stretchesFrom(groups, start).filter(isCardNumber));
}

/** Digits of one group, of it and the next, and so on, up to the length of a card number: a page of digits stays quick. */
function stretchesFrom(groups: readonly string[], start: number): readonly string[] {
  const stretches: string[] = [];
  let digits = "";
  for (const group of groups.slice(start, start + LONGEST_CARD_NUMBER)) {
    digits += group;
    if (digits.length > LONGEST_CARD_NUMBER) break;
    stretches.push(digits);
  }
  return stretches;
}

/** Decimal digits come in blocks of ten that start at a zero. */
function asciiDigit(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  if (code < 0x80) return digit;
  let zero = code;
  while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--;
  return String((code - zero) % 10);
}
