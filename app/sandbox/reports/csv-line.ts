/** A line as Xendit's files have it: CRLF, quotes only where they are needed. Nothing is guarded: readers must do that. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(quoted).join(",")}\r\n`;
}

export const BYTE_ORDER_MARK = "\uFEFF";

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
