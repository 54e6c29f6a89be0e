import type { z } from "zod";

/** A form either fits its schema or comes back as typed, with one sentence beside each wrong field. */
export type ParsedForm<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly errors: FieldErrors; readonly values: FieldValues };
/** By field name; `form` is what concerns no single field. */
export type FieldErrors = Readonly<Record<string, string>>;
export type FieldValues = Readonly<Record<string, string>>;

/** A name that comes several times becomes a list when the schema expects one; files are ignored. */
export function parseForm<Schema extends z.ZodType>(schema: Schema, data: FormData): ParsedForm<z.output<Schema>> {
  const lists = textsByName(data);
  const parsed = schema.safeParse(asInput(lists, listFields(schema)));
  if (parsed.success) return { ok: true, value: parsed.data };
  return { ok: false, errors: firstErrors(parsed.error), values: asTyped(lists) };
}

/** Refuses a form that fits its schema but not the world: same shape, so that the page shows it the same way. */
export function refuseForm(data: FormData, errors: FieldErrors) {
  return { ok: false, errors, values: asTyped(textsByName(data)) } as const;
}

// A password is never sent back to the page it was typed on.
const neverEchoed = /password|token|secret|cvn|card_?number/i;

function asTyped(lists: ReadonlyMap<string, readonly string[]>): FieldValues {
  const shown = [...lists].filter(([name]) => !neverEchoed.test(name));
  return Object.fromEntries(shown.map(([name, values]) => [name, values.join(",")]));
}

function textsByName(data: FormData): ReadonlyMap<string, readonly string[]> {
  const lists = new Map<string, string[]>();
  for (const [name, value] of data) {
    if (typeof value === "string") lists.set(name, [...(lists.get(name) ?? []), value]);
  }
  return lists;
}

function asInput(lists: ReadonlyMap<string, readonly string[]>, listNames: ReadonlySet<string>) {
  const single = [...lists].map(([name, values]) => [name, listNames.has(name) ? values : values.at(-1)] as const);
  // A list nobody ticked is an empty list, not a missing field.
  const missing = [...listNames].filter((name) => !lists.has(name)).map((name) => [name, []] as const);
  return Object.fromEntries([...single, ...missing]);
}

function listFields(schema: z.ZodType): ReadonlySet<string> {
  const shape = "shape" in schema ? (schema.shape as Record<string, z.ZodType>) : {};
  return new Set(Object.keys(shape).filter((name) => takesList(shape[name])));
}

/** Looks through `.transform()`, `.default()` and `.optional()` at what the field is made of. */
function takesList(schema: z.ZodType | undefined): boolean {
  if (!schema) return false;
  const { def } = schema;
  if (def.type === "array") return true;
  const inner = "in" in def ? def.in : "innerType" in def ? def.innerType : undefined;
  return takesList(inner as z.ZodType | undefined);
}

function firstErrors(error: z.ZodError): FieldErrors {
  const errors: Record<string, string> = {};
  for (const issue of error.issues) {
    const field = issue.path.length > 0 ? String(issue.path[0]) : "form";
    errors[field] ??= issue.message;
  }
  return errors;
}
