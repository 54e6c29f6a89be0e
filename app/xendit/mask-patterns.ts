import { CVN_NAMES, isCardNumber, MASK, PAN_NAMES } from "./card-data.ts";

/**
 * Card data in running text: a name, something that assigns, digits. `text` is what is not JSON; `value` is a string
 * inside JSON, where `cid` may be any customer's id and would put a sound event in quarantine.
 */
export function maskPatterns(text: string, place: "text" | "value"): string {
  if (!/\d{3}/.test(text)) return text;
  const byCvn = text.replace(place === "text" ? cvnInText : cvnInValue, maskAssigned);
  return byCvn.replace(pan, (whole: string, name: string, between: string, digits: string) =>
    isCardNumber(digits) ? maskAssigned(whole, name, between) : whole,
  );
}

const BEFORE = "(?:(?<![a-z0-9_-])|(?<=%[0-9a-f]{2}))";
/** Quotes, brackets, spaces, their URL-encoded forms and comments; bounded, so that hostile text costs no more than its length. */
const BETWEEN = "((?:[\"'\\\\\\s+\\[:=>]|%[0-9a-f]{2}|/\\*(?:[^*]|\\*(?!/)){0,64}\\*/|//[^\\n]{0,64}\\n){1,16})";

const cvnInText = cvnPattern(CVN_NAMES);
const cvnInValue = cvnPattern(CVN_NAMES.filter((name) => name !== "cid"));
const pan = new RegExp(`${BEFORE}(${names(PAN_NAMES, "[ _-]*")})${BETWEEN}((?:\\d[ -]?){12,18}\\d)(?!\\d)`, "gi");

function cvnPattern(known: readonly string[]): RegExp {
  return new RegExp(`${BEFORE}(${names(known, "[_-]*")})${BETWEEN}(\\d{3,4})(?!\\d)`, "gi");
}

/** Longest first, so that `cvv2` is not read as `cvv`. */
function names(known: readonly string[], gap: string): string {
  const longestFirst = [...known].sort((a, b) => b.length - a.length);
  return longestFirst.map((name) => [...name].join(gap)).join("|");
}

function maskAssigned(whole: string, name: string, between: string): string {
  return /[:=>\n]|%3[ad]/i.test(between) ? name + between + MASK : whole;
}
