/**
 * Identifiers are stored in small letters to be found by; what is copied should be as Xendit wrote it. Rows come first,
 * then every string of the webhooks' bodies: what the rows lost in a disagreement is still there.
 */
export function exactIdentifiers<Identifier extends { readonly value: string }>(
  identifiers: readonly Identifier[],
  rows: SpelledRows,
  bodies: Iterable<Uint8Array>,
): readonly (Identifier & { readonly isLowered?: true })[] {
  const exact = new Map<string, string>();
  const lowered = new Set(identifiers.map(({ value }) => value).filter((value) => /\p{L}/u.test(value)));
  take(spelledIn(rows), lowered, exact);
  for (const bytes of bodies) {
    if (lowered.size === 0) break;
    take(stringsIn(bytes), lowered, exact);
  }
  return identifiers.map((identifier) => {
    const spelled = exact.get(identifier.value);
    if (spelled !== undefined) return { ...identifier, value: spelled };
    return lowered.has(identifier.value) ? { ...identifier, isLowered: true } : identifier;
  });
}

/** Projected rows; what they hold one level down counts too, as a payment's verification does. */
export type SpelledRows = readonly Readonly<Record<string, unknown>>[];

function spelledIn(rows: SpelledRows): readonly string[] {
  const values = rows.flatMap((row) => Object.values(row));
  const nested = values.flatMap((value) => (typeof value === "object" && value !== null ? Object.values(value) : []));
  return [...values, ...nested].filter((value) => typeof value === "string");
}

/** A reference is found by its stem too, which is spelled as the beginning of the whole (FACTS 2.3). */
function take(spelled: Iterable<string>, lowered: Set<string>, exact: Map<string, string>): void {
  for (const text of spelled) {
    const small = text.toLowerCase();
    const stem = text.lastIndexOf("_");
    for (const end of stem > 0 ? [text.length, stem] : [text.length]) {
      const key = small.slice(0, end);
      if (lowered.delete(key)) exact.set(key, text.slice(0, end));
    }
  }
}

function stringsIn(bytes: Uint8Array): readonly string[] {
  const text = new TextDecoder().decode(bytes);
  return [...text.matchAll(/"((?:[^"\\]|\\.){1,255})"/g)].map(([, value = ""]) => value);
}
