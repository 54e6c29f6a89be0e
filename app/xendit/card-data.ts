import { plainDecimal } from "../lib/money.ts";

/** What stands where card data stood. Not digits, so that masking twice is masking once. */
export const MASK = "[masked]";

/** Key names of RULES 2, lower-cased and without `_` and `-`. Exactly these: results such as `cvn_code` are no card data. */
export const CVN_NAMES = ["cvn", "cvv", "cvv2", "cvc", "cvc2", "cid", "cardverificationnumber"] as const;
export const PAN_NAMES = ["cardnumber", "pan", "primaryaccountnumber"] as const;

const cvnNames: ReadonlySet<string> = new Set(CVN_NAMES);
const panNames: ReadonlySet<string> = new Set(PAN_NAMES);

/** Whether card data is what stands under this name. White space is no part of a name. */
export function isCardDataName(name: string): boolean {
  const plain = plainName(name);
  return cvnNames.has(plain) || panNames.has(plain);
}

/** Whether a value under this name is a CVN or a card number. */
export function isCardData(name: string, value: string): boolean {
  const plain = plainName(name);
  if (cvnNames.has(plain)) return /^\d{3,4}$/.test(digitsOf(value));
  return panNames.has(plain) && isCardNumber(value);
}

/** 13 to 19 digits that pass Luhn, however they are grouped. */
export function isCardNumber(value: string): boolean {
  const digits = digitsOf(value);
  return /^\d{13,19}$/.test(digits) && passesLuhn(digits);
}

function plainName(name: string): string {
  return name.toLowerCase().replace(/[\s_-]/g, "");
}

/** Groups joined, and a JSON number such as `1.23e2` spelled out. */
function digitsOf(value: string): string {
  const joined = value.replace(/[\s-]/g, "");
  return /^\d+$/.test(joined) ? joined : (plainDecimal(value) ?? joined);
}

function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let at = 0; at < digits.length; at++) {
    const digit = Number(digits[digits.length - 1 - at]);
    const doubled = at % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}
