import { urlProblem } from "../lib/guarded-fetch.server.ts";
import { jsonNumber } from "../xendit/bodies/json.ts";
import { throwIfInvalid } from "./api-error.ts";
import { answer, type Call, readBody } from "./call.server.ts";
import { merchantPolicy, paydeskUrl } from "./receivers.ts";
import { readSandboxSettings, type SandboxSettings, settingsStatements } from "./settings.server.ts";
import { type FieldError, type Shape, shapeOf } from "./shape.ts";

/** The sandbox's own settings, for whoever holds its secret key. */
export async function getSettings(call: Call): Promise<Response> {
  return answerSettings(call, call.settings);
}

/** Changes what is sent; empty text or `null` removes. */
export async function putSettings(call: Call): Promise<Response> {
  const { db, config, now } = call;
  const errors: FieldError[] = [];
  const shape = shapeOf(await readBody(call.request), errors);
  const url = optionalText(shape, "merchant_webhook_url", 2048);
  const problem = typeof url === "string" ? urlProblem(url, merchantPolicy(config)) : null;
  if (problem) shape.fail("merchant_webhook_url", problem);
  const change = {
    merchantWebhookUrl: url,
    merchantWebhookToken: optionalText(shape, "merchant_webhook_token", 512),
    timeScale: rangedNumber(shape, "time_scale", 0, 10),
    stringAmounts: shape.flag("string_amounts"),
    rateLimit: rangedNumber(shape, "rate_limit", 1, 100_000),
  };
  throwIfInvalid(errors);
  await db.write(settingsStatements(db, config, change, now));
  call.wake();
  return answerSettings(call, await readSandboxSettings(db, config));
}

function answerSettings(call: Call, settings: SandboxSettings): Response {
  return answer({
    business_id: call.keys.businessId,
    paydesk_webhook_url: paydeskUrl(call.config),
    merchant_webhook_url: settings.merchantWebhookUrl,
    // Whoever typed it knows it; nobody else has to.
    merchant_webhook_token: settings.merchantWebhookToken === null ? null : "set",
    time_scale: jsonNumber(settings.timeScale),
    string_amounts: settings.stringAmounts,
    rate_limit: jsonNumber(settings.rateLimit),
  });
}

/** `undefined` when not sent, `null` to remove. */
function optionalText(shape: Shape, name: string, max: number): string | null | undefined {
  if (!(name in shape.body)) return undefined;
  const text = shape.text(name, { max })?.trim();
  return text ? text : null;
}

function rangedNumber(shape: Shape, name: string, min: number, max: number): number | undefined {
  const digits = shape.number(name);
  if (digits === undefined) return undefined;
  const value = Number(digits);
  if (value < min || value > max) shape.fail(name, `must be from ${min} to ${max}`);
  return value;
}
