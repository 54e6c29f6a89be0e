import { isCardData, isCardDataName, MASK } from "./card-data.ts";
import { maskPatterns } from "./mask-patterns.ts";

/** A comment is no JSON, but where people write one between a key and its colon, the key stays the key. */
const comment = /\/\*(?:[^*]|\*(?!\/)){0,256}\*\/|\/\/[^\n]{0,256}\n/y;

/** JSON inside a string inside JSON …: every level doubles the escapes, so real bodies never come near. */
const MAX_NESTING = 6;

/**
 * Masks values by the key they stand under, in place. A scanner and not a parser: it keeps every other character, sees
 * both of two equal keys, and goes on through text that is only nearly JSON.
 */
export function maskJsonValues(text: string): string {
  return maskNested(text, null, 0);
}

/** `inherited`: the card-data name all of this stands under. */
function maskNested(text: string, inherited: string | null, nesting: number): string {
  let kept = 0;
  let masked = "";
  for (const token of scan(text, inherited)) {
    const { start, end } = token;
    const replacement = replacementOf(token, text[start] === '"', nesting);
    if (replacement === null) continue;
    masked += text.slice(kept, start) + JSON.stringify(replacement);
    kept = end;
  }
  return kept === 0 ? text : masked + text.slice(kept);
}

function replacementOf({ names, value }: Token, isString: boolean, nesting: number): string | null {
  if (names.some((name) => name !== null && isCardData(name, value))) return MASK;
  if (!isString) return null;
  const isNested = /^\s*[[{]/.test(value) && nesting < MAX_NESTING;
  const inner = isNested
    ? maskNested(value, names.find(isCardName) ?? null, nesting + 1)
    : maskPatterns(value, "value");
  return inner === value ? null : inner;
}

function isCardName(name: string | null): boolean {
  return name !== null && isCardDataName(name);
}

/** A value, or a key: text may stand in one too. */
interface Token {
  /** The key it stands under, or that of the array it stands in; and the card-data name further out. None for a key. */
  readonly names: readonly (string | null)[];
  readonly start: number;
  readonly end: number;
  /** Decoded when a string, digits as written when a number. */
  readonly value: string;
}

function* scan(text: string, outermost: string | null): Generator<Token> {
  const outer: { readonly name: string | null; readonly inherited: string | null }[] = [];
  let inherited = outermost;
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
        yield { names: [], start, end: at, value };
        name = value;
        at = next + 1;
      } else {
        yield { names: [name, inherited], start, end: at, value };
      }
      continue;
    }
    if (mark === "-" || (mark !== undefined && mark >= "0" && mark <= "9")) {
      at = endOfNumber(text, at);
      yield { names: [name, inherited], start, end: at, value: text.slice(start, at) };
      continue;
    }
    if (mark === "[" || mark === "{") {
      outer.push({ name, inherited });
      if (isCardName(name)) inherited = name;
      if (mark === "{") name = null;
    } else if (mark === "]" || mark === "}") {
      const left = outer.pop();
      name = left?.name ?? null;
      inherited = left?.inherited ?? outermost;
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

/** Comments too. */
function skipSpace(text: string, start: number): number {
  let at = start;
  for (;;) {
    while (at < text.length && /\s/.test(text[at] ?? "")) at++;
    comment.lastIndex = at;
    if (text[at] !== "/" || !comment.test(text)) return at;
    at = comment.lastIndex;
  }
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
