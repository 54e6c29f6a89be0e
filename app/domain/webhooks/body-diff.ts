import { redactPersonal } from "../../lib/pii.ts";
import { isJsonObject, type Json } from "../../xendit/bodies/json.ts";
import { type BodyRow, compareBodies, isSameNumber, type Leaf } from "../../xendit/diff-bodies.ts";
import { openEnvelope } from "../../xendit/envelope.ts";
import { compareWithShape, type ShapeRowFound } from "../../xendit/shapes/compare-with-shape.ts";
import type { Shape } from "../../xendit/shapes/shape.ts";
import { shownLeaf } from "../../xendit/shown-leaf.ts";

export type DiffKind = BodyRow["kind"];

/** One line of a comparison as the page draws it. Personal values are replaced, whoever looks. */
export interface DiffLine {
  readonly path: string;
  readonly name: string;
  readonly depth: number;
  readonly isGroup: boolean;
  readonly kind: DiffKind;
  /** As it would stand in JSON; `null` where it is not there. */
  readonly left: string | null;
  readonly right: string | null;
  /** What makes a difference smaller than it looks. */
  readonly note: string | null;
}

export interface BodyDiff {
  readonly lines: readonly DiffLine[];
  /** Of values, without the lines that only open an object or a list. */
  readonly counts: Readonly<Record<DiffKind, number>>;
}

/** Two arrivals' bodies whole; a webhook beside an answer of the API without its envelope, which no answer has. */
export interface Comparable {
  readonly kind: "webhook" | "answer";
  readonly json: Json;
}

/** Fields by which items of a list are the same item. */
const MATCH = ["capture_id", "id", "payment_id"] as const;

export function diffOf(left: Comparable, right: Comparable): BodyDiff {
  const isMixed = left.kind !== right.kind;
  const rows = compareBodies(isMixed ? payloadOf(left) : left.json, isMixed ? payloadOf(right) : right.json, {
    match: MATCH,
  });
  return diffFrom(rows.map((row) => lineOf(row, { left: written(row.key, row.before), note: noteOf(row) })));
}

/** A body on the right, its documented shape on the left. */
export function diffWithShape(shape: Shape, body: Comparable): BodyDiff {
  const fits = body.kind === "answer" ? payloadShape(shape) : shape;
  return diffFrom(compareWithShape(body.json, fits).map((row) => lineOf(row, shapeText(row))));
}

/** The same, seen from the other side. */
export function swapped({ lines, counts }: BodyDiff): BodyDiff {
  const other: Partial<Record<DiffKind, DiffKind>> = { added: "removed", removed: "added" };
  return {
    lines: lines.map((line) => ({
      ...line,
      kind: other[line.kind] ?? line.kind,
      left: line.right,
      right: line.left,
    })),
    counts: { ...counts, added: counts.removed, removed: counts.added },
  };
}

/** The lines that differ, with what they stand in. */
export function onlyDifferences(lines: readonly DiffLine[]): readonly DiffLine[] {
  const kept: DiffLine[] = [];
  let waiting: readonly DiffLine[] = [];
  for (const line of lines) {
    waiting = waiting.filter((group) => group.depth < line.depth);
    if (line.isGroup) waiting = [...waiting, line];
    else if (line.kind !== "same") {
      kept.push(...waiting, line);
      waiting = [];
    }
  }
  return kept;
}

/** For a note or a ticket: one line a difference. */
export function diffText(lines: readonly DiffLine[], [left, right]: readonly [string, string]): string {
  const signs: Record<DiffKind, string> = { same: " ", added: "+", removed: "-", changed: "~", "type changed": "~" };
  const said = lines
    .filter((line) => !line.isGroup)
    .map((line) => `${signs[line.kind]} ${line.path}: ${line.left ?? "(not there)"} → ${line.right ?? "(not there)"}`);
  return [`- ${left}`, `+ ${right}`, "", ...said].join("\n");
}

function diffFrom(lines: readonly DiffLine[]): BodyDiff {
  const counts = { same: 0, added: 0, removed: 0, changed: 0, "type changed": 0 };
  for (const line of lines) if (!line.isGroup) counts[line.kind] += 1;
  return { lines, counts };
}

function lineOf(
  row: BodyRow,
  { left, note }: { readonly left: string | null; readonly note: string | null },
): DiffLine {
  const { depth, isGroup, kind } = row;
  const [path, name] = [redactPersonal(row.path).text, redactPersonal(row.name).text];
  const right = written(row.key, row.after);
  return { path, name, depth, isGroup, kind, left, right, note };
}

function written(key: string, leaf: Leaf | null): string | null {
  if (leaf === null) return null;
  if (leaf.text === "" && (leaf.type === "object" || leaf.type === "array")) return leaf.type === "object" ? "{" : "[";
  const shown = shownLeaf(key, leaf);
  return leaf.type === "text" && leaf.text !== "" ? JSON.stringify(shown) : shown;
}

const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)$/;

function noteOf({ path, kind, before, after }: BodyRow): string | null {
  if (kind === "same" || !before || !after) return null;
  if (isSameNumber(before, after)) return "the same number, written otherwise";
  if (instant.test(before.text) && instant.test(after.text) && Date.parse(before.text) === Date.parse(after.text)) {
    return "the same instant, written otherwise";
  }
  return path === "created" ? "the time of this delivery: every try has its own" : null;
}

function shapeText({ field, kind }: ShapeRowFound) {
  if (!field) return { left: null, note: kind === "same" ? "the merchant's own" : "not documented" };
  const expected = `${field.type === "any" ? "anything" : field.type}${field.presence === "sometimes" ? ", or absent" : ""}`;
  return { left: expected, note: null };
}

function payloadOf({ json, kind }: Comparable): Json {
  return kind === "webhook" && isJsonObject(json) ? openEnvelope(json).payload : json;
}

/** An answer of the API is what an event has under `data`. */
function payloadShape({ eventType, fields }: Shape): Shape {
  const inner = fields.filter(({ path }) => path.startsWith("data."));
  if (inner.length === 0) return { eventType, fields };
  return { eventType, fields: inner.map((field) => ({ ...field, path: field.path.slice("data.".length) })) };
}
