/** What a code means, where that meaning comes from, and how sure it is. Pure and browser-safe, like all of this folder. */

export type Tone = "good" | "bad" | "waiting" | "look" | "unknown";

/** Where a reading comes from. `version` changes whenever a row of the table does. */
export interface CodeTable {
  readonly name: string;
  readonly version: string;
  readonly source: string;
}

/**
 * Why a result says nothing. `not-sent`: the field is absent. `empty`: it is there without a value. `not-checked`: the
 * processor did not look. `not-supported`: issuer, scheme or processor cannot. `no-answer`: asked, nothing usable came.
 */
export type BlankCause = "not-sent" | "empty" | "not-checked" | "not-supported" | "no-answer";

export interface CodeReading {
  /** As received. */
  readonly code: string | null;
  readonly network: string | null;
  readonly networkFrom: string | null;
  /** Beside the code in a badge: "authenticated", "no match", "not sent". */
  readonly short: string;
  /** A sentence. */
  readonly meaning: string;
  readonly tone: Tone;
  readonly liability?: string;
  readonly advice?: string;
  readonly blank?: BlankCause;
  readonly table: CodeTable;
  readonly sure: boolean;
  /** Every reading that is possible, when the network decides and is not known. */
  readonly alternatives?: readonly Alternative[];
}

export interface Alternative {
  readonly network: string;
  readonly short: string;
  readonly meaning: string;
  readonly liability?: string;
}

export interface NetworkContext {
  readonly network?: string | null;
  readonly networkFrom?: string | null;
}

/** What a table says of a code, before the code and its context are put beside it. */
export type Said = Omit<CodeReading, "code" | "network" | "networkFrom" | "table" | "sure"> & {
  readonly sure?: boolean;
};

export function reading(code: string | null, said: Said, table: CodeTable, context: NetworkContext = {}): CodeReading {
  return {
    ...said,
    code,
    network: context.network ?? null,
    networkFrom: context.networkFrom ?? null,
    table,
    sure: said.sure ?? true,
  };
}

/** `null` is a field that did not come, an empty string one that came without a value. Neither is a result. */
export function blankReading(code: "" | null, what: string, table: CodeTable, context?: NetworkContext): CodeReading {
  const said: Said =
    code === null
      ? { short: "not sent", meaning: `No ${what} was sent.`, tone: "unknown", blank: "not-sent" }
      : { short: "empty", meaning: `The ${what} was sent without a value.`, tone: "unknown", blank: "empty" };
  return reading(code, said, table, context);
}

/** An unknown code is shown as received; nothing is guessed from it. */
export function unknownReading(code: string, what: string, table: CodeTable, context?: NetworkContext): CodeReading {
  const said: Said = {
    short: "not in our table",
    meaning: `“${code}” is not a ${what} our table knows. It is shown as received.`,
    tone: "unknown",
    sure: false,
  };
  return reading(code, said, table, context);
}

/** The row of a code, or `undefined`. A code is never mistaken for something every object has, like `constructor`. */
export function rowOf<Row>(rows: Readonly<Record<string, Row>>, code: string): Row | undefined {
  return Object.hasOwn(rows, code) ? rows[code] : undefined;
}

/** Codes are compared without the spaces some specifications print after them, and in capitals. */
export function normalCode(code: string): string {
  return code.trim().toUpperCase();
}
