import { plainDecimal } from "../../lib/money.ts";

export type ReadAmount =
  | { readonly ok: true; readonly amount: string }
  | { readonly ok: false; readonly reason: string };

/**
 * An amount as people and spreadsheets write it, as plain digits with a sign.
 *
 *     "1,234.50"     // 1234.5
 *     "1.234,50"     // 1234.5: both marks stand there, the last one is the decimal point
 *     "1,234"        // 1234: Xendit's reports group by commas
 *     "1.234"        // 1.234: a single point is a decimal point, as in plain digits
 *     "(1,234.50)"   // -1234.5
 */
export function readAmount(text: string): ReadAmount {
  if (/^-?\d+(\.\d+)?$/.test(text)) return plainly(text);
  const compact = text.replace(/\s/g, "").replace(/[\u2212\u2013]/g, "-");
  const isBracketed = /^\(.+\)$/.test(compact);
  const inner = isBracketed ? compact.slice(1, -1) : compact.replace(/^(.+)-$/, "-$1").replace(/^\+/, "");
  if (/^-?[\d.,]+[eE][+-]?\d+$/.test(inner)) return no("was rounded by a spreadsheet: it is in scientific notation");
  const [, sign = "", digits = ""] = /^(-?)([\d.,]+)$/.exec(inner) ?? [];
  if (digits === "") return no("is not an amount");
  const plain = withoutGroups(digits);
  if (plain === null || (isBracketed && sign === "-")) return no("is an amount that can be read in more than one way");
  return plainly((isBracketed ? "-" : sign) + plain);
}

function plainly(digits: string): ReadAmount {
  const amount = plainDecimal(digits);
  return amount === null ? no("is not an amount") : { ok: true, amount };
}

function no(reason: string): ReadAmount {
  return { ok: false, reason };
}

/** Digits with a point at most; `null` when the marks do not stand where thousands and decimals have theirs. */
function withoutGroups(digits: string): string | null {
  if (/^\d+(\.\d+)?$/.test(digits)) return digits;
  if (/^\d{1,3}(,\d{3})+(\.\d+)?$/.test(digits)) return digits.replaceAll(",", "");
  if (/^\d{1,3}(\.\d{3})+,\d+$/.test(digits) || /^\d{1,3}(\.\d{3}){2,}$/.test(digits)) {
    return digits.replaceAll(".", "").replace(",", ".");
  }
  // "1234,50": a comma that groups nothing.
  return /^\d+,\d{1,2}$/.test(digits) ? digits.replace(",", ".") : null;
}
