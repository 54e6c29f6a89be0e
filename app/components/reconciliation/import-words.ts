import type { ImportRow } from "~/domain/reconciliation/import-queries.server.ts";
import type { Tone } from "../ui/tone.ts";

type State = ImportRow["state"];

/** How far an import is, in a word. One with bad rows is done, and not green. */
const words: Record<State, { readonly word: string; readonly tone: Tone }> = {
  receiving: { word: "Uploading", tone: "waiting" },
  waiting: { word: "Waiting", tone: "waiting" },
  importing: { word: "Importing", tone: "waiting" },
  imported: { word: "Imported", tone: "good" },
  refused: { word: "Refused", tone: "look" },
  failed: { word: "Failed", tone: "bad" },
  cancelled: { word: "Cancelled", tone: "unknown" },
};

export function importStateWord({ state, rowsBad }: Pick<ImportRow, "state" | "rowsBad">) {
  const { word, tone } = words[state];
  return { word, tone: state === "imported" && rowsBad > 0 ? ("look" as const) : tone };
}

const kinds = { transactions: "Transactions report", balance: "Balance report", pull: "Pulled from the API" } as const;

export function kindText({ kind, version, state }: Pick<ImportRow, "kind" | "version" | "state">): string {
  if (kind === null) return state === "refused" ? "Not a report" : "Not read yet";
  return version === null ? kinds[kind] : `${kinds[kind]}, version ${version}`;
}

export function importTitle({ kind, name }: Pick<ImportRow, "kind" | "name">): string {
  return kind === "pull" ? `Pull of ${name}` : name;
}

export function isMoving({ state }: Pick<ImportRow, "state">): boolean {
  return state === "receiving" || state === "waiting" || state === "importing";
}

/** Of 1, how much of the file is there, or is read; `null` for a pull, which does not know how much there is, and for what is not read. */
export function shareOf({ state, size, received, position }: ImportRow): number | null {
  if (size === null || size === 0 || state === "refused") return null;
  if (state === "imported") return 1;
  return (state === "receiving" ? received : position) / size;
}

export function rowsOf({ rowsNew, rowsChanged, rowsSame, rowsBad }: ImportRow): number {
  return rowsNew + rowsChanged + rowsSame + rowsBad;
}

export function bytesText(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  const units = ["kB", "MB", "GB"] as const;
  const power = Math.min(units.length, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** power;
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${units[power - 1]}`;
}
