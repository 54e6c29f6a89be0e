import type { z } from "zod";
import { apiError } from "../tokens/api-error.ts";
import { problemOf } from "./listen-api.ts";

/** The body of a request as what it must be, or a 400 that says what is wrong with it. */
export async function readJson<Schema extends z.ZodType>(schema: Schema, request: Request): Promise<z.output<Schema>> {
  const body: unknown = await request.json().catch(() => {
    throw apiError("invalid_request", "The body is not JSON.");
  });
  return valid(schema, body);
}

/** Search params, of which those in `lists` may come several times. */
export function readQuery<Schema extends z.ZodType>(
  schema: Schema,
  { url }: Pick<Request, "url">,
  lists: readonly string[],
): z.output<Schema> {
  const { searchParams } = new URL(url);
  const single = Object.fromEntries([...searchParams].filter(([name]) => !lists.includes(name)));
  return valid(schema, { ...single, ...Object.fromEntries(lists.map((name) => [name, searchParams.getAll(name)])) });
}

function valid<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw apiError("invalid_request", problemOf(parsed.error));
}
