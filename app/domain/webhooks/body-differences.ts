import { isLosslessNumber, parse } from "lossless-json";

export interface BodyDifference {
  /** `data.captures[0].capture_amount` */
  readonly path: string;
  /** As written; `null` where the other body alone has it. */
  readonly here: string | null;
  readonly there: string | null;
}

/** Enough to see what differs; two bodies with more in difference are better compared whole. */
const MOST = 30;

/** Where two bodies say different things, value by value. Empty when either is not JSON. */
export function bodyDifferences(here: string, there: string): readonly BodyDifference[] {
  const [left, right] = [leaves(here), leaves(there)];
  if (!left || !right) return [];
  return [...new Set([...left.keys(), ...right.keys()])]
    .map((path) => ({ path, here: left.get(path) ?? null, there: right.get(path) ?? null }))
    .filter((one) => one.here !== one.there)
    .slice(0, MOST);
}

function leaves(text: string): ReadonlyMap<string, string> | null {
  try {
    const found = new Map<string, string>();
    collect(parse(text, null, { onDuplicateKey: ({ newValue }) => newValue }), "", found);
    return found;
  } catch {
    return null;
  }
}

function collect(value: unknown, path: string, found: Map<string, string>): void {
  if (isLosslessNumber(value)) found.set(path, value.value);
  else if (Array.isArray(value)) value.forEach((item, index) => void collect(item, `${path}[${index}]`, found));
  else if (typeof value === "object" && value !== null) {
    for (const [key, item] of Object.entries(value)) collect(item, path ? `${path}.${key}` : key, found);
  } else found.set(path, JSON.stringify(value) ?? "undefined");
}
