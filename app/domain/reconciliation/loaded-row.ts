import { z } from "zod";
import { cardDataInNote } from "../notes/card-data-in-note.ts";
import { LONGEST_COMMENT } from "./exception.ts";
import { Reason } from "./exception-forms.ts";

/** What a row of a filled-in work list asks for; `null` says nothing about it. */
export interface LoadedRow {
  readonly line: number;
  readonly groupKey: string;
  /** Of the facts the row was exported with. */
  readonly digest: string;
  readonly resolution: "accepted" | "written_off" | null;
  readonly reason: string | null;
  /** Their e-mail, or `nobody`. */
  readonly assignee: string | null;
  readonly comment: string | null;
}

/** What is not understood, by the row and column it stands in. Nothing of such a row is done. */
export interface LoadProblem {
  readonly line: number;
  readonly column: string;
  readonly value: string;
  readonly message: string;
}

export type ReadRow =
  | { readonly ok: true; readonly row: LoadedRow }
  | { readonly ok: false; readonly problem: LoadProblem };

/** Rows that come back to be confirmed: read anew, because whoever sends them can send anything. */
export function readConfirmed(text: string): readonly LoadedRow[] | null {
  try {
    const rows = z.array(ConfirmedRow).safeParse(JSON.parse(text));
    if (!rows.success) return null;
    const read = rows.data.map((row) => readLoadedRow(row.line, (column) => cellsOf(row)[column] ?? ""));
    return read.every((one) => one.ok) ? read.map((one) => one.row) : null;
  } catch {
    return null;
  }
}

const word = z.string().nullable();
const ConfirmedRow = z.object({
  line: z.number().int(),
  groupKey: z.string(),
  digest: z.string(),
  resolution: word,
  reason: word,
  assignee: word,
  comment: word,
});

function cellsOf(row: z.output<typeof ConfirmedRow>): Readonly<Record<string, string | null>> {
  return {
    group_key: row.groupKey,
    facts_digest: row.digest,
    resolution: row.resolution,
    resolution_reason: row.reason,
    assignee: row.assignee,
    comment: row.comment,
  };
}

export const NOBODY = "nobody";

const resolutions: Readonly<Record<string, NonNullable<LoadedRow["resolution"]>>> = {
  accept: "accepted",
  accepted: "accepted",
  "write off": "written_off",
  "written off": "written_off",
};

const Comment = z
  .string()
  .max(LONGEST_COMMENT, "At most 2,000 characters")
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
  .regex(/^[^\u0000-\u0008\u000b-\u001f\u007f]*$/, "A comment has no control characters")
  .refine((text) => cardDataInNote(text) === null, "Leave card data out of this: it is kept for good");

/** Reads one row by the names of its columns. Columns that are not read may hold whatever they like. */
export function readLoadedRow(line: number, cell: (column: string) => string): ReadRow {
  const problem = (column: string, message: string): ReadRow => {
    // What is not understood is shown again, so no card number comes back with it.
    const value = cardDataInNote(cell(column)) ? "…" : cell(column).slice(0, 80);
    return { ok: false, problem: { line, column, value, message } };
  };
  const groupKey = cell("group_key");
  const digest = cell("facts_digest").toLowerCase();
  if (groupKey === "" || groupKey.length > 300) return problem("group_key", "is not the key of an exception");
  if (!/^[0-9a-f]{64}$/.test(digest)) return problem("facts_digest", "is not as it was exported");

  const word = cell("resolution").toLowerCase().replace(/[_-]+/g, " ");
  const resolution = word === "" ? null : resolutions[word];
  if (resolution === undefined) return problem("resolution", "is neither accepted nor written_off");
  const text = cell("resolution_reason");
  if (resolution === null && text !== "") return problem("resolution_reason", "stands without a resolution");
  const reason = resolution === null ? null : Reason.safeParse(text);
  if (reason?.success === false) return problem("resolution_reason", first(reason.error));

  const assignee = cell("assignee").toLowerCase();
  const comment = cell("comment").replace(/\r\n?/g, "\n");
  const commented = Comment.safeParse(comment);
  if (!commented.success) return problem("comment", first(commented.error));
  const row = {
    line,
    groupKey,
    digest,
    resolution,
    reason: reason?.data ?? null,
    assignee: assignee === "" ? null : assignee,
    comment: comment === "" ? null : comment,
  };
  return { ok: true, row };
}

function first(error: z.ZodError): string {
  return error.issues[0]?.message ?? "is not understood";
}
