import type { Database } from "../db.server.ts";
import type { Config } from "../env.server.ts";
import { type Json, type JsonObject, jsonText, parseJsonObject } from "../xendit/bodies/json.ts";
import { ApiError } from "./api-error.ts";
import type { SandboxKeys } from "./keys.server.ts";
import type { SandboxSettings } from "./settings.server.ts";
import type { Transition } from "./settle-try.server.ts";
import { withoutCardData } from "./without-card-data.ts";

/** One request to the sandbox, after its key was checked. */
export interface Call {
  readonly db: Database;
  readonly config: Config;
  readonly keys: SandboxKeys;
  readonly settings: SandboxSettings;
  readonly now: number;
  readonly url: URL;
  readonly request: Request;
  /** The ids in the path, in order. */
  readonly params: readonly string[];
  /** Wakes the webhook sender. */
  wake(): void;
}

const MAX_BODY_BYTES = 256 * 1024;

export function transitionOf({ db, settings, keys, now }: Call): Transition {
  return { db, settings, businessId: keys.businessId, now };
}

export function answer(body: Json, status = 200): Response {
  return new Response(jsonText(body), { status, headers: { "content-type": "application/json; charset=utf-8" } });
}

/** The request's JSON object, without card data: it may be kept. */
export async function readBody(request: Request): Promise<JsonObject> {
  return withoutCardData(await readRawBody(request));
}

/** The card step's JSON object. What it says stays in memory: it is card data. */
export async function readRawBody(request: Request): Promise<JsonObject> {
  const text = await readText(request);
  const body = parseJsonObject(text === "" ? "{}" : text);
  if (!body) throw new ApiError(400, "API_VALIDATION_ERROR", "request/body must be object");
  return body;
}

export async function readText(request: Request): Promise<string> {
  const reader = request.body?.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { value } = (await reader?.read()) ?? {};
    if (!value) return Buffer.concat(chunks).toString("utf8");
    size += value.byteLength;
    if (size > MAX_BODY_BYTES) throw new ApiError(400, "API_VALIDATION_ERROR", "request/body is too large");
    chunks.push(value);
  }
}

/** The n-th id of the path. */
export function param(call: Call, index = 0): string {
  return call.params[index] ?? "";
}
