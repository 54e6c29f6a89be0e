import { eq, sql } from "drizzle-orm";
import type { Database, Statement } from "../db.server.ts";
import type { Config } from "../env.server.ts";
import { open, seal } from "../lib/seal.server.ts";

/** What a tester may change about the sandbox as a whole. */
export interface SandboxSettings {
  readonly merchantWebhookUrl: string | null;
  readonly merchantWebhookToken: string | null;
  readonly timeScale: number;
  readonly stringAmounts: boolean;
  /** Requests a minute and endpoint. */
  readonly rateLimit: number;
}

const RATE_LIMIT = 60;
const MERCHANT_TOKEN = "merchant_webhook_token";

export async function readSandboxSettings(db: Database, config: Config): Promise<SandboxSettings> {
  const { sandboxSettings } = db.tables;
  const rows = await db.read.select().from(sandboxSettings);
  const value = (name: string) => rows.find((row) => row.name === name)?.value;
  const url = value("merchant_webhook_url");
  const token = value(MERCHANT_TOKEN);
  const scale = value("time_scale");
  const limit = value("rate_limit");
  return {
    merchantWebhookUrl: typeof url === "string" ? url : null,
    merchantWebhookToken: typeof token === "string" ? open(token, config.encryptionKey) : null,
    timeScale: typeof scale === "number" ? scale : config.sandboxTimeScale,
    stringAmounts: value("string_amounts") === true,
    rateLimit: typeof limit === "number" ? limit : RATE_LIMIT,
  };
}

export type SettingsChange = Partial<SandboxSettings>;

/** Statements that change what is given; `null` removes. The token is sealed like every secret. */
export function settingsStatements(db: Database, config: Config, change: SettingsChange, now: number): Statement[] {
  const token = change.merchantWebhookToken;
  const values: Readonly<Record<string, unknown>> = {
    merchant_webhook_url: change.merchantWebhookUrl,
    [MERCHANT_TOKEN]: token ? seal(token, config.encryptionKey) : token,
    time_scale: change.timeScale,
    string_amounts: change.stringAmounts,
    rate_limit: change.rateLimit,
  };
  const { sandboxSettings } = db.tables;
  return Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => {
      if (value === null) {
        return { query: db.read.delete(sandboxSettings).where(eq(sandboxSettings.name, name)), rows: "any" };
      }
      const row = { name, value, updatedAt: now };
      const set = { value: sql`excluded.value`, updatedAt: now };
      const insert = db.read.insert(sandboxSettings).values(row);
      return { query: insert.onConflictDoUpdate({ target: sandboxSettings.name, set }), rows: 1 };
    });
}
