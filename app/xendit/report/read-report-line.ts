import { readBalanceLine } from "./read-balance-line.ts";
import { readTransactionsLine } from "./read-transactions-line.ts";
import { readZone } from "./read-zone.ts";
import type { ReportHead } from "./report-head.ts";
import { cellCountProblem, cellKeeper, type ReadLine } from "./report-line.ts";

export type ReadReportLine = (cells: readonly string[], line: number) => ReadLine;

/** Reads the lines under one head. Times of a line that names no zone are read in `accountingZone`. */
export function reportLineReader(head: ReportHead, accountingZone: string): ReadReportLine {
  const zone = readZone(accountingZone) ?? readZone("UTC");
  if (!zone) throw new Error(`${accountingZone} is no zone`);
  const keep = cellKeeper(head.kind, head.columns);
  return (cells, line) => {
    const problem = cellCountProblem(head, cells, line);
    if (problem) return { ok: false, problems: [problem] };
    const read = { cells, line, accountingZone: zone };
    return head.kind === "balance" ? readBalanceLine(head, keep, read) : readTransactionsLine(head, keep, read);
  };
}
