import { v7 as uuidv7 } from "uuid";

declare const brand: unique symbol;
export type Branded<Value, Name extends string> = Value & { readonly [brand]: Name };

/** Ids Xendit makes. Read by prefix, never by field name: `payment_id` may hold a `pr-` (RULES 5). */
export type XenditIdKind =
  | "session"
  | "payment_request"
  | "payment"
  | "capture"
  | "token"
  | "customer"
  | "refund"
  | "dispute";

/** The prefixes of FACTS 0. Bodies are not validated further: the documentation itself uses several shapes. */
const xenditPrefixes: readonly (readonly [prefix: string, kind: XenditIdKind])[] = [
  ["mi-dspt-", "dispute"],
  ["cptr-", "capture"],
  ["cap-", "capture"],
  ["cust-", "customer"],
  ["ptkn-", "token"],
  ["rfd-", "refund"],
  ["ps-", "session"],
  ["pr-", "payment_request"],
  ["py-", "payment"],
  ["pt-", "token"],
];

/** The longest id we accept as an id; longer text is text. */
const MAX_ID_LENGTH = 80;

export function xenditIdKind(value: unknown): XenditIdKind | null {
  if (typeof value !== "string" || value.length > MAX_ID_LENGTH) return null;
  const found = xenditPrefixes.find(([prefix]) => value.startsWith(prefix) && value.length > prefix.length);
  return found ? found[1] : null;
}

/** Ids Paydesk makes: a prefix and a UUIDv7, so they sort by time. */
export const OWN_PREFIXES = {
  event: "evt_",
  receipt: "rct_",
  operator: "op_",
  destination: "dst_",
  replay: "rpl_",
  delivery: "dlv_",
  attempt: "att_",
  audit: "aud_",
  note: "nte_",
  check: "chk_",
  view: "viw_",
  signingKey: "sgk_",
  accessToken: "pat_",
  drift: "drf_",
  lab: "lab_",
  import: "imp_",
  comment: "cmt_",
} as const;
export type OwnIdKind = keyof typeof OWN_PREFIXES;

export function newId(kind: OwnIdKind): string {
  return OWN_PREFIXES[kind] + uuidv7();
}

/** `pr-5593127f-…-c785ffc21e2f` becomes `pr-5593…c21e2f`, enough to tell two apart in a column. */
export function shortId(id: string): string {
  return id.length <= 18 ? id : `${id.slice(0, 7)}…${id.slice(-6)}`;
}
