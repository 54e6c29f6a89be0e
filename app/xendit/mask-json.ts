import { isCardData, MASK } from "./card-data.ts";
import { maskPatterns } from "./mask-patterns.ts";

/** JSON inside a string inside JSON …: every level doubles the escapes, so real bodies never come near. */
const MAX_NESTING = 6;

/**
 * Masks values by the key they stand under, in place. A scanner and not a parser: it keeps every other character, sees
 * both of two equal keys, and goes on through text that is only nearly JSON.
 */
export function maskJsonValues(text: string, nesting = 0): string {
  let kept = 0;
  let masked = "";
  for (const { name, start, end, value } of scan(text)) {
    const replacement = replacementOf(name, text[start] === '"', value, nesting);
    if (replacement === null) continue;
    masked += text.slice(kept, start) + JSON.stringify(replacement);
    kept = end;
  }
  return kept === 0 ? text : masked + text.slice(kept);
}

function replacementOf(name: string | null, isString: boolean, value: string, nesting: number): string | null {
  if (name !== null && isCardData(name, value)) return MASK;
  if (!isString) return null;
  const isNested = /^\s*[[{]/.test(value) && nesting < MAX_NESTING;
  const inner = isNested ? maskJsonValues(value, nesting + 1) : maskPatterns(value, "value");
  return inner === value ? null : inner;
}

interface Value {
  /** The key it stands under; that of the array it stands in. */
  readonly name: string | null;
  readonly start: number;
  readonly end: number;
  /** Decoded when a string, digits as written when a number. */
  readonly value: string;
}

function* scan(text: string): Generator<Value> {
  const names: (string | null)[] = [];
  let name: string | null = null;
  let at = 0;
  while (at < text.length) {
    const start = at;
    const mark = text[at];
    if (mark === '"') {
      at = endOfString(text, at);
      const value = decode(text.slice(start, at));
      const next = skipSpace(text, at);
      if (text[next] === ":") {
        name = value;
        at = next + 1;
      } else {
        yield { name, start, end: at, value };
      }
      continue;
    }
    if (mark === "-" || (mark !== undefined && mark >= "0" && mark <= "9")) {
      at = endOfNumber(text, at);
      yield { name, start, end: at, value: text.slice(start, at) };
      continue;
    }
    if (mark === "[" || mark === "{") {
      names.push(name);
      if (mark === "{") name = null;
    } else if (mark === "]" || mark === "}") {
      name = names.pop() ?? null;
    }
    at++;
  }
}

/** Past the closing quote, or the end of the text. */
function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
  return Math.min(at + 1, text.length);
}

function endOfNumber(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && /[\d.eE+-]/.test(text[at] ?? "")) at++;
  return at;
}

function skipSpace(text: string, start: number): number {
  let at = start;
  while (at < text.length && /\s/.test(text[at] ?? "")) at++;
  return at;
}

/** Escapes may hide a name or a digit: `"\u0063vn"` is `cvn`. */
function decode(token: string): string {
  if (!token.includes("\\")) return token.slice(1, -1);
  try {
    return String(JSON.parse(token));
  } catch {
    return token.slice(1, -1);
  }
}
