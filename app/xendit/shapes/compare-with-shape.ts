import { isJsonObject, type Json } from "../bodies/json.ts";
import { type BodyRow, compareBodies } from "../diff-bodies.ts";
import { fitsShape, isFree, type Shape, type ShapeField } from "./shape.ts";

/** A row of a body beside what is documented of it. */
export interface ShapeRowFound extends BodyRow {
  /** What is documented; `null` for a field the documentation does not name. */
  readonly field: ShapeField | null;
}

/**
 * A body beside its documented shape: `added` is a field the documentation does not name, `removed` one that should always
 * be there and is not, `type changed` one that holds another type. A field that may be absent and is, is `same`.
 */
export function compareWithShape(body: Json, shape: Shape): readonly ShapeRowFound[] {
  const found: ShapeRowFound[] = compareBodies({}, isJsonObject(body) ? body : {}).map((row) => {
    const field = fieldAt(shape, row.path);
    const free = field === null && isFree(shape, row.path);
    return { ...row, field, kind: field || free ? kindOf(field, row) : "added" };
  });
  return withMissing(found, shape);
}

function fieldAt(shape: Shape, path: string): ShapeField | null {
  const general = path.replace(/\[\d+\]/g, "[]");
  return shape.fields.find((field) => field.path === general) ?? null;
}

function kindOf(field: ShapeField | null, { after }: BodyRow): BodyRow["kind"] {
  if (field === null || after === null) return "same";
  return fitsShape(field, after.type) ? "same" : "type changed";
}

/** Each missing field after the last of those that stand beside it, so that it is read where it belongs. */
function withMissing(found: readonly ShapeRowFound[], shape: Shape): readonly ShapeRowFound[] {
  const there = new Set(found.map(({ path }) => path.replace(/\[\d+\]/g, "[]")));
  const rows = [...found];
  for (const field of shape.fields) {
    if (there.has(field.path)) continue;
    const parent = parentOf(field.path);
    // Of an object that is not there, nothing is missing; of a list's items, only what each has can be told.
    if (parent.endsWith("[]") || field.path.endsWith("[]") || (parent !== "" && !there.has(parent))) continue;
    const at = lastInside(rows, parent) + 1;
    rows.splice(at, 0, missingRow(field, parent));
  }
  return rows;
}

function missingRow(field: ShapeField, parent: string): ShapeRowFound {
  const name = field.path.slice(parent === "" ? 0 : parent.length + 1);
  const depth = parent === "" ? 0 : parent.split(".").length;
  const kind = field.presence === "always" ? "removed" : "same";
  return { path: field.path, name, key: name, depth, kind, before: null, after: null, isGroup: false, field };
}

function lastInside(rows: readonly ShapeRowFound[], parent: string): number {
  if (parent === "") return rows.length - 1;
  return rows.findLastIndex(
    ({ path }) => path === parent || path.startsWith(`${parent}.`) || path.startsWith(`${parent}[`),
  );
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf(".")));
}
