/** Personal data as people without a reason to see it get it (RULES 7). Marked, never blank. */
export const REDACTED = "•••";

/** `j•••@example.com`: enough to recognise, not enough to write to. */
export function maskEmail(email: string): string {
  const at = email.lastIndexOf("@");
  return at < 1 ? REDACTED : `${email.slice(0, 1)}${REDACTED}${email.slice(at)}`;
}

/** Case, `_` and `-` are ignored. */
const PERSONAL_KEYS = [
  "account_name",
  "account_holder_name",
  "cardholder_name",
  "cardholder_first_name",
  "cardholder_last_name",
  "cardholder_email",
  "cardholder_phone_number",
  "customer_name",
  "date_of_birth",
  "email",
  "first_name",
  "given_names",
  "last_name",
  "middle_name",
  "mobile",
  "mobile_number",
  "name_on_card",
  "payer",
  "payer_account_number",
  "payer_email",
  "payer_name",
  "phone",
  "phone_number",
  "place_of_birth",
  "postal_code",
  "street_line1",
  "street_line2",
  "surname",
] as const;

const personalKeys: ReadonlySet<string> = new Set(PERSONAL_KEYS.map(plainKey));
const personalValue = new RegExp(
  String.raw`("(?:${PERSONAL_KEYS.join("|").replaceAll("_", "[_-]?")})"\s*:\s*)("(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*)`,
  "gi",
);
const emailAddress = /[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+/g;
const REDACTED_VALUE = "[redacted]";

/** JSON inside a string inside JSON …: every level doubles the escapes, so real bodies never come near. */
const MAX_NESTING = 6;

/** The text of a body with its personal values replaced; every other character stays where it was. */
export function redactPersonal(text: string): { readonly text: string; readonly isRedacted: boolean } {
  const redacted = redactText(text, 0);
  return { text: redacted, isRedacted: redacted !== text };
}

/** By scanning, then by pattern: a stray quote in text that is no JSON puts the scanner out of step. */
function redactText(text: string, nesting: number): string {
  return redactJson(text, nesting)
    .replace(personalValue, (whole, key: string, value: string) =>
      value === '""' ? whole : `${key}"${REDACTED_VALUE}"`,
    )
    .replace(emailAddress, maskEmail);
}

function redactJson(text: string, nesting: number): string {
  let kept = 0;
  let redacted = "";
  for (const { name, start, end } of scan(text)) {
    const token = text.slice(start, end);
    const replacement = redactToken(name, token, nesting);
    if (replacement === token) continue;
    redacted += text.slice(kept, start) + replacement;
    kept = end;
  }
  return redacted + text.slice(kept);
}

function redactToken(name: string | null, token: string, nesting: number): string {
  if (name !== null && personalKeys.has(plainKey(name))) return token === '""' ? token : `"${REDACTED_VALUE}"`;
  if (!token.startsWith('"')) return token;
  const value = decode(token);
  const isNested = value.includes('"') && nesting < MAX_NESTING;
  const inner = isNested ? redactText(value, nesting + 1) : value.replace(emailAddress, maskEmail);
  if (inner === value) return token;
  // Without a second encoding where one is not needed: `\/` next to an address stays `\/`.
  const light = token.replace(emailAddress, maskEmail);
  return decode(light) === inner ? light : JSON.stringify(inner);
}

interface Token {
  /** The key it stands under, decoded; that of the array it stands in. A key stands under none. */
  readonly name: string | null;
  readonly start: number;
  readonly end: number;
}

/** Strings and numbers of text that may be only nearly JSON. */
function* scan(text: string): Generator<Token> {
  const names: (string | null)[] = [];
  let name: string | null = null;
  let at = 0;
  while (at < text.length) {
    const start = at;
    const mark = text[at] ?? "";
    if (mark === '"') {
      const end = endOfString(text, start);
      at = skipSpace(text, end);
      const isKey = text[at] === ":";
      yield { name: isKey ? null : name, start, end };
      if (isKey) name = decode(text.slice(start, end));
    } else if (/[-\d]/.test(mark)) {
      at = endOfNumber(text, start);
      yield { name, start, end: at };
    } else {
      if (mark === "[" || mark === "{") names.push(name);
      if (mark === "{") name = null;
      if (mark === "]" || mark === "}") name = names.pop() ?? null;
      at++;
    }
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

function skipSpace(text: string, start: number): number {
  let at = start;
  while (at < text.length && /\s/.test(text[at] ?? "")) at++;
  return at;
}

const escaped: Readonly<Record<string, string>> = { b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" };

/** What a string says. Never fails: an excerpt may end inside one. */
function decode(token: string): string {
  const isClosed = /[^\\](?:\\\\)*"$/.test(token);
  const inside = token.slice(1, isClosed ? -1 : undefined);
  if (!inside.includes("\\")) return inside;
  return inside.replace(/\\(?:u([\dA-Fa-f]{4})|(.))/gs, (_, code: string | undefined, mark: string) =>
    code === undefined ? (escaped[mark] ?? mark) : String.fromCharCode(Number.parseInt(code, 16)),
  );
}

function plainKey(key: string): string {
  return key.toLowerCase().replace(/[_-]/g, "");
}
