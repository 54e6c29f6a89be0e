import type { LeafType } from "../diff-bodies.ts";

/** What Xendit documents of a body's fields (FACTS 2 to 6), as data: what is told of them, and how surely they are there. */
export interface ShapeField {
  /** `data.captures[].capture_amount` */
  readonly path: string;
  readonly type: ShapeType;
  /** `always`: in every body seen and documented. `sometimes`: named, and at times absent or null. */
  readonly presence: Presence;
  /** Where that is told: "FACTS 4.3". */
  readonly source: string;
}

/** `amount` is a number by the documentation and a text in some of its examples; `any` is the merchant's own. */
export type ShapeType = "text" | "number" | "amount" | "boolean" | "object" | "list" | "any";
export type Presence = "always" | "sometimes";

export interface Shape {
  readonly eventType: string;
  readonly fields: readonly ShapeField[];
}

/** A row of the tables: path, type, and `?` where the field may be absent. */
export type ShapeRow = readonly [path: string, type: ShapeType, optional?: "?"];

/** Fields of one object, put under the path it stands at. */
export function fieldsUnder(at: string, source: string, rows: readonly ShapeRow[]): readonly ShapeField[] {
  return rows.map(([path, type, optional]) => ({
    path: at === "" ? path : `${at}.${path}`,
    type,
    presence: optional ? "sometimes" : "always",
    source,
  }));
}

const leafTypes: Record<ShapeType, readonly LeafType[]> = {
  text: ["text"],
  number: ["number"],
  amount: ["number", "text"],
  boolean: ["boolean"],
  object: ["object"],
  list: ["array"],
  any: ["text", "number", "boolean", "object", "array"],
};

/** Null stands for "not there" in a field that may be absent. */
export function fitsShape(field: ShapeField, type: LeafType): boolean {
  return leafTypes[field.type].includes(type) || (type === "null" && field.presence === "sometimes");
}

/** Whether a path lies inside a field whose members are the merchant's own: `data.metadata.order`. */
export function isFree(shape: Shape, path: string): boolean {
  return shape.fields.some((field) => field.type === "any" && isInside(path, field.path));
}

function isInside(path: string, outer: string): boolean {
  return path.startsWith(`${outer}.`) || path.startsWith(`${outer}[`);
}
