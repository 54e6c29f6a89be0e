import { isCardData, isCardDataName, isCardNumber, MASK } from "../card-data.ts";
import { maskJsonValues } from "../mask-json.ts";
import { maskPatterns } from "../mask-patterns.ts";

/**
 * Takes card data out of a column's cells before they are kept (RULES 2): by the column's name, by the names that stand in
 * a cell, and a whole card number where Xendit gives a masked one.
 */
export function cellMasker(column: string): (value: string) => string {
  const isNamed = isCardDataName(column);
  const isAccount = /^account[\s_-]*(number|identifier)$/i.test(column);
  return (value) => {
    if (value.length < 3) return value;
    if (isNamed && isCardData(column, value)) return MASK;
    if (isAccount && isCardNumber(value)) return MASK;
    // Only text that assigns something can name what it holds; most cells are ids, digits and times.
    if (!/[:=>\n%]/.test(value) || /^[\d\s:.TZ+/-]+$/.test(value) || !/\d{3}/.test(value)) return value;
    return maskPatterns(maskJsonValues(value), "value");
  };
}

export function maskCell(column: string, value: string): string {
  return cellMasker(column)(value);
}
