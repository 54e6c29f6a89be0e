/**
 * Pretty-prints JSON text by moving its own characters, never by reading and writing it again: `10000.00` stays
 * `10000.00` and keys keep their order, their repeats and their escapes. `null` when the text is not JSON.
 */
export interface JsonLine {
  readonly indent: number;
  readonly parts: readonly JsonPart[];
  /** `data.captures[0].capture_id`, of the value that stands or begins on this line. */
  readonly path: string;
  /** The value itself as written, where one stands whole on this line. */
  readonly value: string | null;
}

export interface JsonPart {
  readonly kind: "key" | "string" | "number" | "word" | "mark";
  readonly text: string;
}

interface Level {
  readonly close: "}" | "]";
  readonly path: string;
  index: number;
  key: string;
}

export function jsonLines(text: string): readonly JsonLine[] | null {
  try {
    JSON.parse(text);
  } catch {
    return null;
  }
  return layOut([...jsonTokens(text)].map((one) => one.text));
}

/** The pieces of a JSON text with where each begins. */
export function* jsonTokens(text: string): Generator<{ readonly text: string; readonly start: number }> {
  const token = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*|true|false|null|[{}[\],:]/g;
  for (const found of text.matchAll(token)) yield { text: found[0], start: found.index };
}

function layOut(all: readonly string[]): readonly JsonLine[] {
  const lines: JsonLine[] = [];
  const levels: Level[] = [];
  let parts: JsonPart[] = [];
  const pathNow = () => pathOf(levels.at(-1));
  const flush = (indent: number, path: string) => {
    if (parts.length > 0) lines.push({ indent, parts, path, value: wholeValue(parts) });
    parts = [];
  };

  for (const [at, one] of all.entries()) {
    const next = all[at + 1];
    if (one === "{" || one === "[") {
      const path = pathNow();
      const close = one === "{" ? "}" : "]";
      parts.push({ kind: "mark", text: one });
      const isEmpty = next === close;
      if (!isEmpty) flush(levels.length, path);
      levels.push({ close, path, index: 0, key: "" });
    } else if (one === "}" || one === "]") {
      const isEmpty = all[at - 1] === (one === "}" ? "{" : "[");
      const left = levels.at(-1);
      if (!isEmpty) flush(levels.length, pathNow());
      levels.pop();
      parts.push({ kind: "mark", text: one });
      if (next !== ",") flush(levels.length, left?.path ?? "");
    } else if (one === ",") {
      parts.push({ kind: "mark", text: "," });
      flush(levels.length, pathNow());
      const level = levels.at(-1);
      if (level) level.index += 1;
    } else if (one === ":") {
      parts.push({ kind: "mark", text: ": " });
    } else if (next === ":") {
      const level = levels.at(-1);
      if (level) level.key = one;
      parts.push({ kind: "key", text: one });
    } else {
      parts.push({ kind: kindOf(one), text: one });
    }
  }
  flush(levels.length, "");
  return lines;
}

function pathOf(level: Level | undefined): string {
  if (!level) return "";
  if (level.close === "]") return `${level.path}[${level.index}]`;
  return keyedPath(level.path, level.key);
}

/** A path and a key of the object there, with its quotes. */
export function keyedPath(path: string, quoted: string): string {
  const key = quoted.slice(1, -1);
  if (!/^[\w-]+$/.test(key)) return `${path}[${quoted}]`;
  return path ? `${path}.${key}` : key;
}

function wholeValue(parts: readonly JsonPart[]): string | null {
  return parts.find(({ kind }) => kind !== "key" && kind !== "mark")?.text ?? null;
}

function kindOf(text: string): JsonPart["kind"] {
  if (text.startsWith('"')) return "string";
  return /^[-\d]/.test(text) ? "number" : "word";
}
