import type { IdentifierKind } from "~/xendit/projection.ts";

/** A value with the name it was pasted with: `RRN: 4353…`, `"authorization_code": "831000"`. Lower-cased. */
export interface LabelledValue {
  readonly kind: IdentifierKind | "amount" | "date";
  readonly value: string;
}

/** A webhook has a handful of these. */
const MAX_VALUES = 12;

/** Names as people and Xendit's bodies write them; case, spaces, `_` and `-` are ignored. Longer ones first. */
const labels: readonly (readonly [names: string, kind: LabelledValue["kind"]])[] = [
  ["retrieval reference number|retrieval reference no|retrieval ref no|rrn", "rrn"],
  ["authori[sz]ation code|auth code|approval code|kode otorisasi", "authorization_code"],
  ["reconciliation id|recon id", "reconciliation_id"],
  ["network transaction id|scheme transaction id|ntid", "network_transaction_id"],
  ["directory server trans(?:action)? id|ds transaction id|ds trans id", "ds_transaction_id"],
  ["masked card number|card number|card", "card"],
  ["cardholder email|customer email|e mail|email", "email"],
  ["request amount|capture amount|amount|jumlah", "amount"],
  ["created at|created|date|tanggal", "date"],
  ["merchant reference|reference id|reference|order id|ref no|ref", "reference"],
];

const patterns = labels.map(([names, kind]) => ({
  kind,
  // A sign follows the name, or a word with a digit: `ref-1` and `order id` alone are values.
  pattern: new RegExp(
    `(?<![a-z0-9_-])(?:${names.replaceAll(" ", "[ _-]?")})["'\`]*(?: ?[:=#]+ ?| (?=[^ ]*\\d))["'\`]*([^"'\`;{}\\n]+)`,
    "g",
  ),
}));

/** The labelled values in cleaned text, each once. Free text (references, dates) runs to the next quote or comma followed by a space. */
export function readLabels(text: string): readonly LabelledValue[] {
  const lower = text.toLowerCase();
  const found = patterns.flatMap(({ kind, pattern }) =>
    Array.from(lower.matchAll(pattern), ([, value = ""]) => ({ kind, value: pickValue(kind, value) })),
  );
  const values = new Map(found.filter(({ value }) => value !== "").map((one) => [`${one.kind} ${one.value}`, one]));
  return [...values.values()].slice(0, MAX_VALUES);
}

function pickValue(kind: LabelledValue["kind"], text: string): string {
  const upToComma = text.split(/, |,$/)[0]?.trim() ?? "";
  const isFree = kind === "reference" || kind === "date" || kind === "amount" || kind === "card";
  return (isFree ? upToComma : (upToComma.split(" ")[0] ?? "")).replace(/[)\]>.,]+$/, "");
}
