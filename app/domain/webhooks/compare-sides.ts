import { type BodyDiff, diffOf, diffWithShape, swapped } from "./body-diff.ts";
import type { FoundSide } from "./find-side.server.ts";

export type Compared =
  | { readonly ok: true; readonly diff: BodyDiff }
  | { readonly ok: false; readonly refusal: DiffRefusal };
export type DiffRefusal = keyof typeof diffRefusals;

export const diffRefusals = {
  unreadable: "One of the two is not a JSON object, so nothing in them can be set side by side.",
  two_shapes: "Both sides are documentation. Choose a body for one of them.",
  unasked: "Xendit has not been asked yet.",
} as const;

/** Both sides as lines; a documented shape stays on the side it was put on. */
export function compareSides({ content: left }: FoundSide, { content: right }: FoundSide): Compared {
  if (left.kind === "unasked" || right.kind === "unasked") return { ok: false, refusal: "unasked" };
  if (left.kind === "unreadable" || right.kind === "unreadable") return { ok: false, refusal: "unreadable" };
  if (left.kind === "shape") {
    if (right.kind === "shape") return { ok: false, refusal: "two_shapes" };
    return { ok: true, diff: diffWithShape(left.shape, right) };
  }
  if (right.kind === "shape") return { ok: true, diff: swapped(diffWithShape(right.shape, left)) };
  return { ok: true, diff: diffOf(left, right) };
}
