import { isJsonObject, type Json, type JsonObject, parseJsonObject } from "../../xendit/bodies/json.ts";
import { type BodyChange, diffBodies, isSameNumber, type Leaf } from "../../xendit/diff-bodies.ts";
import { openEnvelope } from "../../xendit/envelope.ts";
import { shownLeaf } from "../../xendit/shown-leaf.ts";

/** One field in which Xendit's answer and a webhook are not alike. Values are masked and fit to be shown. */
export interface FieldDifference {
  /** `payment_details.authorization_data.cvn_verification_result`; captures by their id. */
  readonly path: string;
  readonly kind: "differs" | "only in API answer" | "only in webhook";
  /** `null` when it is not there. What was sent as null is the word `null`. */
  readonly api: string | null;
  readonly webhook: string | null;
  /** Whether it decides something: ids, status, amounts, currency, captures, failure code, ECI, CVN, AVS, response. */
  readonly isMaterial: boolean;
}

export interface Compared {
  /** Compare only what both have: for a webhook of another object that tells of this one. */
  readonly sharedOnly?: boolean;
}

/**
 * How the body of an API answer differs from a webhook's body of the same object, material fields first; `null` when
 * either is not a JSON object. The webhook's wrapping is no part of it, and neither is how a number, an instant or a field
 * known under two names (FACTS 6.1) is spelled.
 */
export function fieldDifferences(
  apiText: string,
  webhookText: string,
  { sharedOnly = false }: Compared = {},
): readonly FieldDifference[] | null {
  const [api, webhook] = [parseJsonObject(apiText), parseJsonObject(webhookText)];
  if (!api || !webhook) return null;
  const changes = diffBodies(plain(openEnvelope(webhook).payload), plain(openEnvelope(api).payload), {
    match: ["capture_id", "id"],
  });
  return changes
    .filter((change) => !isSpelling(change) && (!sharedOnly || isShared(change)))
    .map(toDifference)
    .sort((a, b) => Number(b.isMaterial) - Number(a.isMaterial));
}

/** The same thing under two names, or two words for it. */
const otherNames: Readonly<Record<string, string>> = { ds_trans_id: "directory_server_trans_id" };
const otherWords: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  flow: { FULL_AUTH: "CHALLENGE" },
  three_ds_flow: { FULL_AUTH: "CHALLENGE" },
};

function plain(value: JsonObject): JsonObject {
  const renamed: Record<string, Json | undefined> = {};
  for (const [name, member] of Object.entries(value)) {
    const known = otherNames[name];
    const as = known !== undefined && !Object.hasOwn(value, known) ? known : name;
    renamed[as] = plainMember(as, member);
  }
  return renamed;
}

function plainMember(name: string, member: Json | undefined): Json | undefined {
  if (typeof member === "string") return otherWords[name]?.[member] ?? member;
  if (Array.isArray(member)) return member.map((item: Json) => plainMember(name, item) ?? null);
  return isJsonObject(member) ? plain(member) : member;
}

/** Alike, but for the way it is written: `"10000"` and 10000, an instant with and without milliseconds. */
function isSpelling({ before, after }: BodyChange): boolean {
  if (!before || !after) return false;
  if (isSameNumber(before, after)) return true;
  return before.type === "text" && after.type === "text" && isSameInstant(before.text, after.text);
}

const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)$/;

function isSameInstant(a: string, b: string): boolean {
  return instant.test(a) && instant.test(b) && Date.parse(a) === Date.parse(b);
}

/** The two objects have clocks of their own. */
function isShared({ kind, path }: BodyChange): boolean {
  return (kind === "changed" || kind === "type changed") && path !== "created" && path !== "updated";
}

function toDifference({ path, before, after }: BodyChange): FieldDifference {
  const kind = before && after ? "differs" : after ? "only in API answer" : "only in webhook";
  return {
    path,
    kind,
    api: shownLeaf(lastName(path), after),
    webhook: shownLeaf(lastName(path), before),
    isMaterial: isMaterial(path, before, after),
  };
}

/** Results and amounts count even where only one side tells them; an id only when both do. */
const RESULTS: ReadonlySet<string> = new Set([
  "status",
  "failure_code",
  "currency",
  "amount",
  "request_amount",
  "capture_amount",
  "capture_id",
  "eci",
  "eci_code",
  "cvn_verification_result",
  "cvv_result",
  "address_verification_result",
  "network_response_code",
  "card_network_response_code",
]);
const IDS: ReadonlySet<string> = new Set([
  "id",
  "business_id",
  "payment_request_id",
  "payment_id",
  "payment_session_id",
  "payment_token_id",
  "customer_id",
  "reference_id",
]);

function isMaterial(path: string, before: Leaf | null, after: Leaf | null): boolean {
  const name = lastName(path);
  // "Sent as null" and "not sent" are two things to a reader of bodies, and one to everybody else.
  const told = [before, after].filter((leaf) => leaf !== null && leaf.type !== "null").length;
  if (RESULTS.has(name)) return told > 0;
  return IDS.has(name) && !path.startsWith("metadata") && told === 2;
}

function lastName(path: string): string {
  const names = path.replace(/\[[^\]]*\]/g, "").split(".");
  return names.at(-1) ?? path;
}
