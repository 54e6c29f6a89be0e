/** Xendit adds `_` and ten characters to the session's reference (FACTS 2.3). */
export function referenceStem(reference: string): string {
  return reference.replace(/_[0-9a-f]{8}-[0-9a-f]$/, "");
}
