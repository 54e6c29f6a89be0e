import { LosslessNumber } from "lossless-json";
import { z } from "zod";
import type { Database } from "../db.server.ts";
import type { Config } from "../env.server.ts";
import { auditStatement } from "./operators/audit.server.ts";
import { callSandbox } from "./sandbox-control.server.ts";

/** The sandbox's settings as its page shows them. The merchant's token stays where it is: only whether there is one. */
export interface SandboxSettings {
  readonly businessId: string;
  readonly paydeskWebhookUrl: string;
  readonly merchantWebhookUrl: string | null;
  readonly hasMerchantToken: boolean;
  readonly timeScale: string;
  readonly stringAmounts: boolean;
}

const Answer = z.object({
  business_id: z.string(),
  paydesk_webhook_url: z.string(),
  merchant_webhook_url: z.string().nullable(),
  merchant_webhook_token: z.string().nullable(),
  time_scale: z.coerce.string(),
  string_amounts: z.boolean(),
});

export const SandboxSettingsForm = z.object({
  merchantWebhookUrl: z.string().trim().max(2048, "This address is too long.").default(""),
  merchantWebhookToken: z.string().trim().max(512, "This token is too long.").default(""),
  removeToken: z.literal("on").optional(),
  timeScale: z
    .string()
    .trim()
    .regex(/^\d{1,2}(\.\d{1,4})?$/, "Type a number from 0 to 10, such as 0.1.")
    .refine((text) => Number(text) <= 10, "At most 10: ten times Xendit's own timing."),
  stringAmounts: z.literal("on").optional(),
});
export type SandboxSettingsForm = z.output<typeof SandboxSettingsForm>;

/** `null` when the sandbox does not answer. */
export async function findSandboxSettings(db: Database, config: Config): Promise<SandboxSettings | null> {
  const answer = await callSandbox(db, config, { method: "GET", path: "/settings" });
  if (!answer?.ok) return null;
  const settings = Answer.parse(answer.body);
  return {
    businessId: settings.business_id,
    paydeskWebhookUrl: settings.paydesk_webhook_url,
    merchantWebhookUrl: settings.merchant_webhook_url,
    hasMerchantToken: settings.merchant_webhook_token !== null,
    timeScale: settings.time_scale,
    stringAmounts: settings.string_amounts,
  };
}

export type SettingsSaved = { readonly ok: true } | { readonly ok: false; readonly errors: Record<string, string> };

const fieldOf: Readonly<Record<string, string>> = {
  "/body/merchant_webhook_url": "merchantWebhookUrl",
  "/body/merchant_webhook_token": "merchantWebhookToken",
  "/body/time_scale": "timeScale",
};

export async function saveSandboxSettings(
  db: Database,
  form: SandboxSettingsForm,
  { config, by, now }: { config: Config; by: { operatorId: string; email: string }; now: Date },
): Promise<SettingsSaved> {
  const body = {
    merchant_webhook_url: form.merchantWebhookUrl || null,
    merchant_webhook_token: tokenChange(form),
    time_scale: new LosslessNumber(form.timeScale),
    string_amounts: form.stringAmounts === "on",
  };
  const answer = await callSandbox(db, config, { method: "PUT", path: "/settings", body });
  if (!answer) return { ok: false, errors: { form: "The sandbox is off." } };
  if (!answer.ok) return { ok: false, errors: errorsOf(answer.error) };
  const detail = { merchantWebhookUrl: form.merchantWebhookUrl || null, timeScale: form.timeScale };
  await db.write([
    auditStatement(db, { operator: by, action: "sandbox:configure", environment: "sandbox", detail, now }),
  ]);
  return { ok: true };
}

/** A token is never sent back to the page, so an empty field means "as it was" unless asked otherwise. */
function tokenChange(form: SandboxSettingsForm): string | null | undefined {
  if (form.merchantWebhookToken !== "") return form.merchantWebhookToken;
  return form.removeToken ? null : undefined;
}

function errorsOf(error: {
  readonly message: string;
  readonly fields: readonly { readonly path: string; readonly message: string }[];
}): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const { path, message } of error.fields) errors[fieldOf[path] ?? "form"] ??= message;
  return Object.keys(errors).length > 0 ? errors : { form: error.message };
}

/** Deletes what the demo and the tests made in the sandbox; the other environments are not touched. */
export async function clearDemo(
  db: Database,
  { by, now }: { by: { operatorId: string; email: string }; now: Date },
): Promise<{ readonly payments: number }> {
  const cleared = await db.clearDemo();
  const detail = { payments: cleared.payments };
  await db.write([auditStatement(db, { operator: by, action: "demo:clear", environment: "sandbox", detail, now })]);
  return cleared;
}
