import { redactPersonal } from "~/lib/pii.ts";

/**
 * The proofs of a cardholder's authentication by the names bodies use: a secret of the card's, needed by nobody who reads.
 * Base64 may have its `/` and `=` escaped. A run of backslashes is tried from its first only: a body full of them would
 * else take hours.
 */
const authenticationValue =
  /(?<!\\)(\\*"(?:authentication_?value|cavv|ucaf|aav)\\*"\s*:\s*\\*")((?:[^"\\]|\\+[^"\\])*)(\\*")/gi;

/** A body as it leaves the house for people without a reason to see the cardholder; every other character stays. */
export function redactEvidence(text: string): string {
  return redactPersonal(text).text.replace(authenticationValue, (whole, key: string, value: string, end: string) =>
    value === "" ? whole : `${key}[redacted]${end}`,
  );
}
