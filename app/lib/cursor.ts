/** Where a keyset page begins: the row at its edge, and which way to go from there. */
export interface Cursor {
  readonly direction: "next" | "previous";
  /** UTC milliseconds of the edge row. */
  readonly at: number;
  /** Tells rows of one instant apart. */
  readonly id: string;
}

const MAX_CURSOR_LENGTH = 300;

/** `n.1734500794234.pr-…`: plain, because there is nothing in it that the page does not show. */
export function encodeCursor(cursor: Cursor): string {
  return `${cursor.direction === "next" ? "n" : "p"}.${cursor.at}.${cursor.id}`;
}

export function decodeCursor(text: string): Cursor | null {
  const match = text.length <= MAX_CURSOR_LENGTH ? /^([np])\.(\d{1,16})\.(.+)$/s.exec(text) : null;
  if (!match) return null;
  const [, letter, digits = "", id = ""] = match;
  const at = Number(digits);
  return Number.isSafeInteger(at) ? { direction: letter === "n" ? "next" : "previous", at, id } : null;
}
