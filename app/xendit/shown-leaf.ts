import { redactPersonal } from "../lib/pii.ts";
import type { Leaf } from "./diff-bodies.ts";

const HIDDEN: ReadonlySet<string> = new Set(["authentication_value", "cavv", "ucaf"]);
const MOST_CHARACTERS = 300;

/**
 * A value of a body as anybody may see it: personal data replaced as it would be in the body, by the key it stands under and
 * by what looks like an address. `null` when it is not there; what was sent as null is the word `null`.
 */
export function shownLeaf(key: string, leaf: Leaf | null): string | null {
  if (leaf === null) return null;
  if (leaf.type === "null") return "null";
  if (HIDDEN.has(key)) return "[hidden]";
  if (leaf.text === "") return '""';
  const masked = withoutPersonal(key, leaf);
  return masked.length > MOST_CHARACTERS ? `${masked.slice(0, MOST_CHARACTERS)}…` : masked;
}

function withoutPersonal(key: string, { type, text }: Leaf): string {
  const value = type === "text" ? JSON.stringify(text) : text;
  const redacted = redactPersonal(`{${JSON.stringify(key)}:${value}}`).text;
  const inside = redacted.slice(redacted.indexOf(":", JSON.stringify(key).length) + 1, -1);
  if (!inside.startsWith('"')) return inside;
  const read: unknown = JSON.parse(inside);
  return typeof read === "string" ? read : inside;
}
