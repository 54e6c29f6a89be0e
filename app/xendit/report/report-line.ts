import { sha256 } from "../canonical.ts";
import { cellMasker, maskCell } from "./mask-cell.ts";
import { readAmount } from "./read-amount.ts";
import { readTime } from "./read-time.ts";
import { type ReportZone, readZone } from "./read-zone.ts";
import { plainName, type ReportHead } from "./report-head.ts";
import type { ReportRow, TellingSource } from "./telling.ts";

/** Why a row could not be taken, for the person who will look at the file. */
export interface RowProblem {
  readonly line: number;
  readonly column: string;
  readonly reason: string;
  /** How the cell begins, masked. */
  readonly excerpt: string;
}

export type ReadLine =
  | { readonly ok: true; readonly row: ReportRow; readonly zone: ReportZone; readonly isZoneAssumed: boolean }
  | { readonly ok: false; readonly problems: readonly RowProblem[] };

const MAX_EXCERPT = 60;
const MAX_ID = 200;
/** What exports write where there is nothing. */
const BLANKS = new Set(["", "-", "–", "n/a", "null"]);
const LONGEST_BLANK = 4;

/** One line of a report while it is read: gives cells by column and gathers what is wrong with them. */
export interface LineReader<Column extends string> {
  readonly problems: readonly RowProblem[];
  text(column: Column): string | null;
  /** As text, without card data. */
  masked(column: Column): string | null;
  amount(column: Column): string | null;
  time(column: Column): number | null;
  transactionId(column: Column): string;
  /** Says in which zone times are read from then on. A report without one has the accounting zone's, and that is said. */
  zone(column: Column): { readonly zone: ReportZone; readonly isZoneAssumed: boolean };
  refuse(column: Column, reason: string): void;
}

export interface LineToRead {
  readonly cells: readonly string[];
  readonly line: number;
  readonly accountingZone: ReportZone;
}

export function lineReader<Column extends string>(
  { columns, places }: { readonly columns: readonly string[]; readonly places: ReadonlyMap<Column, number> },
  { cells, line, accountingZone }: LineToRead,
): LineReader<Column> {
  const problems: RowProblem[] = [];
  let zone = accountingZone;
  const nameOf = (column: Column) => columns[places.get(column) ?? -1] ?? column;
  const refuse = (column: Column, reason: string) => {
    problems.push(problemOf(line, nameOf(column), reason, text(column) ?? ""));
  };

  function text(column: Column): string | null {
    const place = places.get(column);
    const cell = place === undefined ? "" : (cells[place] ?? "").trim();
    return cell.length <= LONGEST_BLANK && BLANKS.has(cell.toLowerCase()) ? null : cell;
  }

  return {
    problems,
    text,
    refuse,
    masked(column) {
      const cell = text(column);
      return cell === null ? null : maskCell(nameOf(column), cell);
    },
    amount(column) {
      const cell = text(column);
      const read = cell === null ? null : readAmount(cell);
      if (read?.ok) return read.amount;
      if (read) refuse(column, read.reason);
      return null;
    },
    time(column) {
      const cell = text(column);
      if (cell === null) return null;
      const at = readTime(cell, zone);
      if (at === null) refuse(column, "is not a time that can be told for certain");
      return at;
    },
    transactionId(column) {
      const id = text(column);
      if (id === null) refuse(column, "is empty: every row needs one");
      else if (id.length > MAX_ID || /\s/.test(id)) refuse(column, "is not a transaction id");
      return id ?? "";
    },
    zone(column) {
      const cell = text(column);
      const named = cell === null ? null : readZone(cell);
      if (cell !== null && !named) refuse(column, "is not a time zone (+0700 or Asia/Jakarta would be one)");
      zone = named ?? accountingZone;
      return { zone, isZoneAssumed: cell === null };
    },
  };
}

function problemOf(line: number, column: string, reason: string, cell: string): RowProblem {
  const excerpt = maskCell(column, cell);
  return {
    line,
    column,
    reason,
    excerpt: excerpt.length > MAX_EXCERPT ? `${excerpt.slice(0, MAX_EXCERPT)}…` : excerpt,
  };
}

/** A row must have as many cells as the head; empty ones at its end, which spreadsheets add, do not count. */
export function cellCountProblem(head: ReportHead, cells: readonly string[], line: number): RowProblem | null {
  const wanted = head.columns.length;
  if (cells.length === wanted || (cells.length > wanted && cells.slice(wanted).every((cell) => cell.trim() === ""))) {
    return null;
  }
  const reason = `has ${cells.length} ${cells.length === 1 ? "cell" : "cells"} where the head line has ${wanted}`;
  return problemOf(line, "whole row", reason, cells.join(","));
}

export type KeepCells = (cells: readonly string[]) => {
  readonly cells: Readonly<Record<string, string>>;
  /** The same row of another file of this kind has the same digest, whatever the order and spelling of its columns. */
  readonly digest: string;
};

/** How the cells under this head are kept: masked, by column name, blank ones left out. */
export function cellKeeper(source: TellingSource, columns: readonly string[]): KeepCells {
  const places = columns
    .map((name, place) => ({ name, place, plain: plainName(name), mask: cellMasker(name) }))
    .sort((a, b) => (a.plain < b.plain ? -1 : 1));
  return (cells) => {
    const kept: Record<string, string> = {};
    const said: string[] = [source];
    for (const { name, place, plain, mask } of places) {
      const cell = mask((cells[place] ?? "").trim());
      if (cell === "") continue;
      kept[name] = cell;
      said.push(plain, cell);
    }
    return { cells: kept, digest: sha256(JSON.stringify(said)) };
  };
}
