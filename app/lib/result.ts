/** A command either worked or was refused for a reason the caller must have words for. Broken things throw instead. */
export type Result<Value, Refusal extends string> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly refusal: Refusal; readonly detail?: string };

export function ok<Value>(value: Value): { readonly ok: true; readonly value: Value } {
  return { ok: true, value };
}

export function refused<Refusal extends string>(
  refusal: Refusal,
  detail?: string,
): { readonly ok: false; readonly refusal: Refusal; readonly detail?: string } {
  return { ok: false, refusal, detail };
}

export function assertNever(value: never): never {
  throw new Error(`Unexpected value: ${String(value)}`);
}
