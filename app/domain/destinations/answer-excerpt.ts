import { maskText } from "~/xendit/mask.ts";

const MAX_CHARACTERS = 2_048;

/**
 * The beginning of what a stranger answered, as text to show. An echo of the request must not show the token or a secret,
 * nor card data that a receiver adds of its own; what is no character of a text is replaced.
 */
export function answerExcerpt(body: Uint8Array, secrets: readonly string[]): string | null {
  if (body.byteLength === 0) return null;
  const whole = new TextDecoder().decode(body);
  const silent = secrets.reduce((text, secret) => text.replaceAll(secret, "[secret]"), whole);
  return maskText(silent)
    .replace(/[^\P{C}\t\n]/gu, "\ufffd")
    .slice(0, MAX_CHARACTERS);
}
