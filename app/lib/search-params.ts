import { type Cursor, decodeCursor } from "./cursor.ts";
import { type Environment, isEnvironment } from "./environment.ts";
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
const SINGLE = ["environment", "from", "to", "q", "sort", "cursor"] as const;
type Single = (typeof SINGLE)[number];
/** Remix's own; they say nothing about the list. */
const FRAMEWORK_PARAMS = new Set(["index", "_data", "_routes"]);

/** Never throws: what is not understood is left out of the filters and named among the problems. */
export function parseListParams<Code extends string>(
  url: string | URL,
  { codes, zone }: { codes: readonly Code[]; zone: string },
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

  for (const name of new Set(params.keys())) {
    const known = FRAMEWORK_PARAMS.has(name) || [...SINGLE, ...codes].some((one) => one === name);
    if (!known) report(name, params.get(name) ?? "", "is not a filter of this list");
  }

  const filters: ListFilters<Code> = {
    environment: read("environment", asEnvironment, "is none of sandbox, test, live"),
    codes: readCodes(params, codes, report),
    from: read("from", (text) => parseBoundary(plused(text), "from", zone), NOT_A_TIME),
    to: read("to", (text) => parseBoundary(plused(text), "to", zone), NOT_A_TIME),
    q: single("q"),
    sort: read("sort", asSort, "is neither newest nor oldest; this is the newest first") ?? "newest",
    cursor: read("cursor", decodeCursor, "is not a page of this list; this is its first page"),
  };
  return { filters, problems };
}

const NOT_A_TIME = "is neither a day (2026-03-31) nor an instant (2026-03-31T17:00:00Z)";

function readCodes<Code extends string>(
  params: URLSearchParams,
  names: readonly Code[],
  report: (param: string, value: string, message: string) => null,
): Partial<Record<Code, readonly string[]>> {
  const codes: Partial<Record<Code, readonly string[]>> = {};
  for (const name of names) {
    const values = [...new Set(given(params, name))];
    const short = values.filter((value) => value.length <= MAX_LENGTH || report(name, value, "is too long"));
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

/** The `+` of an offset, typed into a URL as it is, arrives as a space. */
function plused(text: string): string {
  return text.replace(/ (?=\d{2}:?\d{2}$)/, "+");
}
