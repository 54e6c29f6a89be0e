import { type Cursor, decodeCursor } from "./cursor.ts";
import { type Environment, isEnvironment } from "./environment.ts";
import { OWN_PREFIXES } from "./ids.ts";
import { parseBoundary } from "./time.ts";

/** The filter value that stands for a blank code. */
export const BLANK = "none";

/** What a list's URL asks for (DESIGN 7, Lists). */
export interface ListFilters<Code extends string> {
  /** `null` when the URL names none. */
  readonly environment: Environment | null;
  /** By param, any of its values; codes as received, or `none`. Absent is no filter. */
  readonly codes: Readonly<Partial<Record<Code, readonly string[]>>>;
  /** Half-open, UTC milliseconds. */
  readonly from: number | null;
  readonly to: number | null;
  readonly q: string | null;
  /** In major units of whatever currency a row has, as plain digits; both included. Only lists that offer amounts. */
  readonly amountMin: string | null;
  readonly amountMax: string | null;
  readonly sort: ListSort;
  readonly cursor: Cursor | null;
}

/** By time only: the order every index has. */
export const LIST_SORTS = ["newest", "oldest"] as const;
export type ListSort = (typeof LIST_SORTS)[number];

/** A param that was not understood. Pages name it, exports refuse it: it must never quietly widen a list. */
export interface ParamProblem {
  readonly param: string;
  readonly value: string;
  readonly message: string;
}

export interface ParsedList<Code extends string> {
  readonly filters: ListFilters<Code>;
  readonly problems: readonly ParamProblem[];
}

const MAX_VALUES = 20;
const MAX_LENGTH = 120;
/** `view` filters nothing: it says which saved view the list was opened by. */
const SINGLE = ["environment", "from", "to", "q", "sort", "cursor", "view"] as const;
const AMOUNTS = ["amount_min", "amount_max"] as const;
type Single = (typeof SINGLE)[number] | (typeof AMOUNTS)[number];
/** Remix's own; they say nothing about the list. */
const FRAMEWORK_PARAMS = new Set(["index", "_data", "_routes"]);

interface ListParams<Code extends string> {
  readonly codes: readonly Code[];
  /** Of codes that are Paydesk's own, all there are. Xendit's may be any: an unknown one is a valid value. */
  readonly closed?: Readonly<Partial<Record<Code, readonly string[]>>>;
  /** Whether rows can be asked for by amount. */
  readonly amounts?: boolean;
  readonly zone: string;
}

/** Never throws: what is not understood is left out of the filters and named among the problems. */
export function parseListParams<Code extends string>(
  url: string | URL,
  { codes, closed, amounts = false, zone }: ListParams<Code>,
): ParsedList<Code> {
  const params = new URL(url).searchParams;
  const problems: ParamProblem[] = [];
  const report = (param: string, value: string, message: string) => {
    problems.push({ param, value: value.slice(0, MAX_LENGTH), message });
    return null;
  };
  const single = (name: Single): string | null => {
    const values = given(params, name);
    if (values.length > 1) return report(name, values.join(", "), "takes one value");
    const [value = null] = values;
    return value !== null && value.length > 2 * MAX_LENGTH ? report(name, value, "is too long") : value;
  };
  const read = <Value>(name: Single, parse: (text: string) => Value | null, message: string): Value | null => {
    const text = single(name);
    return text === null ? null : (parse(text) ?? report(name, text, message));
  };

  const names: readonly string[] = [...SINGLE, ...(amounts ? AMOUNTS : []), ...codes];
  for (const name of new Set(params.keys())) {
    const known = FRAMEWORK_PARAMS.has(name) || names.includes(name);
    if (!known) report(name, params.get(name) ?? "", "is not a filter of this list");
  }

  const filters: ListFilters<Code> = {
    environment: read("environment", asEnvironment, "is none of sandbox, test, live"),
    codes: readCodes(params, { codes, closed }, report),
    from: read("from", (text) => parseBoundary(plused(text), "from", zone), NOT_A_TIME),
    to: read("to", (text) => parseBoundary(plused(text), "to", zone), NOT_A_TIME),
    q: single("q"),
    amountMin: amounts ? read("amount_min", asAmount, NOT_AN_AMOUNT) : null,
    amountMax: amounts ? read("amount_max", asAmount, NOT_AN_AMOUNT) : null,
    sort: read("sort", asSort, "is neither newest nor oldest; this is the newest first") ?? "newest",
    cursor: read("cursor", decodeCursor, "is not a page of this list; this is its first page"),
  };
  read("view", asViewId, "is not a saved view");
  return { filters, problems };
}

const NOT_A_TIME = "is neither a day (2026-03-31) nor an instant (2026-03-31T17:00:00Z)";

const NOT_AN_AMOUNT = "is not an amount in plain digits (10000 or 10000.50)";

function readCodes<Code extends string>(
  params: URLSearchParams,
  { codes: names, closed }: Pick<ListParams<Code>, "codes" | "closed">,
  report: (param: string, value: string, message: string) => null,
): Partial<Record<Code, readonly string[]>> {
  const codes: Partial<Record<Code, readonly string[]>> = {};
  for (const name of names) {
    const all = closed?.[name];
    const values = [...new Set(given(params, name))];
    const known = values.filter(
      (value) => !all || value === BLANK || all.includes(value) || report(name, value, `is none of ${all.join(", ")}`),
    );
    const short = known.filter((value) => value.length <= MAX_LENGTH || report(name, value, "is too long"));
    if (short.length > MAX_VALUES) report(name, short.slice(MAX_VALUES).join(", "), `takes up to ${MAX_VALUES} values`);
    if (short.length > 0) codes[name] = short.slice(0, MAX_VALUES);
  }
  return codes;
}

/** An empty value is an empty field of the filter form: no filter. */
function given(params: URLSearchParams, name: string): string[] {
  return params
    .getAll(name)
    .map((value) => value.trim())
    .filter((value) => value !== "");
}

function asEnvironment(text: string): Environment | null {
  return isEnvironment(text) ? text : null;
}

function asSort(text: string): ListSort | null {
  return LIST_SORTS.find((sort) => sort === text) ?? null;
}

/** Thirteen digits before the point stay exact in any currency's minor units, and so does each edge of a range. */
function asAmount(text: string): string | null {
  return /^\d{1,13}(\.\d{1,4})?$/.test(text) ? text : null;
}

function asViewId(text: string): string | null {
  return text.startsWith(OWN_PREFIXES.view) ? text : null;
}

/** The `+` of an offset, typed into a URL as it is, arrives as a space. */
function plused(text: string): string {
  return text.replace(/ (?=\d{2}:?\d{2}$)/, "+");
}
