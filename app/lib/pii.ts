/** Personal data as people without a reason to see it get it (RULES 7). Marked, never blank. */
export const REDACTED = "•••";

/** `j•••@example.com`: enough to recognise, not enough to write to. */
export function maskEmail(email: string): string {
  const at = email.lastIndexOf("@");
  return at < 1 ? REDACTED : `${email.slice(0, 1)}${REDACTED}${email.slice(at)}`;
}

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
  "mobile_number",
  "payer",
  "payer_account_number",
  "payer_email",
  "payer_name",
  "phone_number",
  "place_of_birth",
  "postal_code",
  "street_line1",
  "street_line2",
  "surname",
] as const;

const personalValue = new RegExp(
  String.raw`("(?:${PERSONAL_KEYS.join("|")})"\s*:\s*)("(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*)`,
  "gi",
);
const emailAddress = /[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+/g;

/** The text of a body with its personal values replaced; every other character stays where it was. */
export function redactPersonal(text: string): { readonly text: string; readonly isRedacted: boolean } {
  const redacted = text
    .replace(personalValue, (whole, key: string, value: string) => (value === '""' ? whole : `${key}"[redacted]"`))
    .replace(emailAddress, maskEmail);
  return { text: redacted, isRedacted: redacted !== text };
}
