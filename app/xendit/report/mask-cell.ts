import { isCardData, isCardNumber, MASK } from "../card-data.ts";
import { maskJsonValues } from "../mask-json.ts";
import { maskPatterns } from "../mask-patterns.ts";

/**
 * Takes card data out of a report's cell before it is kept (RULES 2): by its column's name, by the names that stand in it,
 * and a whole card number where Xendit gives a masked one.
 */
export function maskCell(column: string, value: string): string {
  if (value.length < 3 || !/\d{3}/.test(value)) return value;
  if (isCardData(column, value)) return MASK;
  if (isAccount(column) && isCardNumber(value)) return MASK;
  // Only text that assigns something can name what it holds; most cells are ids, digits and times.
  if (!/[:=>\n%]/.test(value) || /^[\d\s:.TZ+/-]+$/.test(value)) return value;
  return maskPatterns(maskJsonValues(value), "value");
}

function isAccount(column: string): boolean {
  return /^account[\s_-]*(number|identifier)$/i.test(column);
}
