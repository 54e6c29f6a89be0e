import { randomBytes } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { z } from "zod";
import { ENVIRONMENTS, type Environment, isEnvironment } from "./lib/environment.ts";

export interface XenditKeys {
  readonly secretKey: string;
  readonly publicKey: string | null;
}

/** The process's configuration (DESIGN 7), parsed once by `readConfig`; nobody else reads process.env. */
export interface Config {
  readonly port: number;
  readonly host: string;
  /** Origin without a trailing slash, as in return URLs and links. */
  readonly publicUrl: string;
  /** Where this process reaches itself: http://HOST:PORT. */
  readonly internalUrl: string;
  /** `PUBLIC_URL` is loopback (DESIGN 6). */
  readonly loopback: boolean;
  readonly production: boolean;
  /** Path of the SQLite file, or `:memory:` in tests. */
  readonly databaseFile: string;
  readonly demo: boolean;
  readonly sandbox: boolean;
  readonly sandboxTimeScale: number;
  readonly xendit: { readonly test: XenditKeys | null; readonly live: XenditKeys | null };
  readonly xenditApiUrl: string;
  /** The script itself, not its folder. */
  readonly xenditJsUrl: string;
  readonly webhookTokens: readonly { readonly environment: Environment; readonly token: string }[];
  readonly sessionSecret: string;
  /** 32 bytes. */
  readonly encryptionKey: Uint8Array;
  /** The environment lists start in: that of the configured key, else sandbox. */
  readonly defaultEnvironment: Environment;
  /** Bearer token that opens /metrics off loopback; `null` keeps it loopback-only. */
  readonly metricsToken: string | null;
  /** A pino level. Every request is logged at `info`; failures at `warn` and `error`. */
  readonly logLevel: LogLevel;
}

const LOG_LEVELS = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** A start that cannot go on. The message is for the person who typed the configuration: no stack is worth showing. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

type Variables = Readonly<Record<string, string | undefined>>;

/** Reads the environment or throws a `ConfigError` that names every variable that is wrong. */
export function readConfig(env: Variables): Config {
  const settings = parseSettings(env);
  const host = settings.HOST;
  const internalUrl = `http://${urlHost(host)}:${settings.PORT}`;
  const publicUrl = settings.PUBLIC_URL ?? internalUrl;
  const loopback = isLoopbackHost(new URL(publicUrl).hostname);
  const production = settings.NODE_ENV === "production";
  if (production && !(loopback && isLoopbackHost(host))) requireSecrets(settings);

  const databaseFile = settings.DATABASE_URL;
  const xendit = keysByMode(settings.XENDIT_SECRET_KEY, settings.XENDIT_PUBLIC_KEY);
  const hasKey = xendit.test !== null || xendit.live !== null;
  const sandbox = settings.PAYDESK_SANDBOX ?? !hasKey;
  return {
    port: settings.PORT,
    host,
    publicUrl,
    internalUrl,
    loopback,
    production,
    databaseFile,
    demo: sandbox && !hasKey && (settings.PAYDESK_DEMO ?? true),
    sandbox,
    sandboxTimeScale: settings.SANDBOX_TIME_SCALE,
    xendit,
    xenditApiUrl: settings.XENDIT_API_URL,
    xenditJsUrl: settings.XENDIT_JS_URL,
    webhookTokens: settings.XENDIT_WEBHOOK_TOKENS,
    sessionSecret: settings.SESSION_SECRET ?? keptSecret(databaseFile, "session-secret"),
    encryptionKey: keyBytes(settings.ENCRYPTION_KEY ?? keptSecret(databaseFile, "encryption-key")),
    defaultEnvironment: xendit.live ? "live" : xendit.test ? "test" : "sandbox",
    metricsToken: settings.METRICS_TOKEN ?? null,
    logLevel: settings.LOG_LEVEL ?? (production ? "info" : "warn"),
  };
}

/** 127.0.0.0/8, ::1 and localhost, as they stand in a URL or in HOST. */
export function isLoopbackHost(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, "").toLowerCase();
  return host === "localhost" || host.endsWith(".localhost") || host === "::1" || /^127(\.\d{1,3}){3}$/.test(host);
}

/** HOST may be "every interface", which is no address to visit: this machine's own loopback answers there too. */
function urlHost(host: string): string {
  if (host === "0.0.0.0" || host === "::") return "127.0.0.1";
  return host.includes(":") ? `[${host}]` : host;
}

/** Set but empty means unset, as in an `.env` file with the value left out. */
const optional = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((value) => (typeof value === "string" && value.trim() === "" ? undefined : value), schema.optional());

const onOff = z.enum(["0", "1"], { error: "must be 1 or 0" }).transform((value) => value === "1");

const origin = z.string().transform((value, context) => {
  const url = URL.canParse(value) ? new URL(value) : null;
  if (url && /^https?:$/.test(url.protocol) && url.pathname === "/" && !url.search && !url.hash && !url.username) {
    return url.origin;
  }
  context.addIssue({
    code: "custom",
    message: "must be an origin such as https://paydesk.example.com, without a path",
  });
  return z.NEVER;
});

const httpUrl = z
  .url({ protocol: /^https?$/, error: "must be an http or https URL" })
  .transform((value) => value.replace(/\/+$/, ""));

const sqliteFile = z.string().transform((value, context) => {
  if (value === ":memory:" || value === "file::memory:") return ":memory:";
  const file = /^file:(?:\/\/(?=\/))?([^?]+)$/.exec(value)?.[1];
  if (file) return resolve(file);
  context.addIssue({ code: "custom", message: "must be file:PATH; PostgreSQL is not built yet" });
  return z.NEVER;
});

const webhookTokens = z.string().transform((value, context) => {
  const tokens = value
    .split(",")
    .map((entry) => entry.trim())
    .filter(Boolean)
    .map((entry) => {
      const colon = entry.indexOf(":");
      return { environment: entry.slice(0, Math.max(colon, 0)), token: entry.slice(colon + 1).trim() };
    });
  // The token itself never stands in a message: messages end up in logs.
  const problem = tokens.map(tokenProblem(tokens)).find((message) => message !== null);
  if (!problem) return unique(tokens) as { environment: Environment; token: string }[];
  context.addIssue({ code: "custom", message: problem });
  return z.NEVER;
});

interface TokenEntry {
  readonly environment: string;
  readonly token: string;
}

const tokenProblem = (all: readonly TokenEntry[]) => (entry: TokenEntry, index: number) => {
  const position = `entry ${index + 1}`;
  if (!isEnvironment(entry.environment)) {
    return `${position} must begin with one of ${ENVIRONMENTS.map((name) => `${name}:`).join(" ")}`;
  }
  if (entry.token === "") return `${position} has no token`;
  const other = all.find((one) => one.token === entry.token && one.environment !== entry.environment);
  // The token is what says which environment a webhook belongs to; one for two would mix them.
  return other ? `one token stands for both ${entry.environment} and ${other.environment}` : null;
};

function unique(tokens: readonly TokenEntry[]): readonly TokenEntry[] {
  return tokens.filter((entry, index) => tokens.findIndex((one) => one.token === entry.token) === index);
}

const encryptionKey = z.string().refine((value) => decodeKey(value) !== null, {
  message: "must be 32 bytes as 64 hex digits or as base64 (openssl rand -hex 32)",
});

const Settings = z.object({
  NODE_ENV: optional(z.string()),
  PORT: z.preprocess(
    (value) => (value === undefined || value === "" ? "3000" : value),
    z
      .string()
      .regex(/^\d{1,5}$/, "must be a port, 1 to 65535")
      .transform(Number)
      .refine((port) => port >= 1 && port <= 65_535, "must be a port, 1 to 65535"),
  ),
  HOST: optional(z.string().regex(/^[\w.:-]+$/, "must be a host name or an address")).transform(
    (value) => value ?? "127.0.0.1",
  ),
  PUBLIC_URL: optional(origin),
  DATABASE_URL: z.preprocess((value) => (value ? value : "file:data/paydesk.db"), sqliteFile),
  PAYDESK_DEMO: optional(onOff),
  PAYDESK_SANDBOX: optional(onOff),
  SANDBOX_TIME_SCALE: optional(
    z
      .string()
      .regex(/^\d+(\.\d+)?$/, "must be a number, 0 or more")
      .transform(Number)
      .refine((scale) => scale <= 1, "must be at most 1, which is Xendit's own timing"),
  ).transform((value) => value ?? 0.1),
  XENDIT_SECRET_KEY: optional(z.string()),
  XENDIT_PUBLIC_KEY: optional(z.string()),
  XENDIT_API_URL: optional(httpUrl).transform((value) => value ?? "https://api.xendit.co"),
  XENDIT_JS_URL: optional(httpUrl).transform((value) => value ?? "https://js.xendit.co/cards-session.min.js"),
  XENDIT_WEBHOOK_TOKENS: optional(webhookTokens).transform((value) => value ?? []),
  SESSION_SECRET: optional(z.string().min(32, "must be at least 32 characters (openssl rand -hex 32)")),
  ENCRYPTION_KEY: optional(encryptionKey),
  METRICS_TOKEN: optional(z.string().min(16, "must be at least 16 characters")),
  LOG_LEVEL: optional(z.enum(LOG_LEVELS, { error: `must be one of ${LOG_LEVELS.join(" ")}` })),
});
type Settings = z.infer<typeof Settings>;

function parseSettings(env: Variables): Settings {
  const parsed = Settings.safeParse(env);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((issue) => `  ${issue.path.join(".")} ${issue.message}`);
  throw new ConfigError(`The configuration cannot be used:\n${lines.join("\n")}`);
}

function requireSecrets(settings: Settings): void {
  const missing = (["SESSION_SECRET", "ENCRYPTION_KEY"] as const).filter((name) => settings[name] === undefined);
  if (missing.length === 0) return;
  throw new ConfigError(
    `The configuration cannot be used:\n${missing.map((name) => `  ${name} must be set in production unless HOST and PUBLIC_URL are loopback`).join("\n")}`,
  );
}

const modes = [
  { mode: "test", secret: "xnd_development_", public: "xnd_public_development_" },
  { mode: "live", secret: "xnd_production_", public: "xnd_public_production_" },
] as const;

function keysByMode(secretKeys: string | undefined, publicKeys: string | undefined): Config["xendit"] {
  const secret = keysOf("XENDIT_SECRET_KEY", secretKeys, "secret");
  const open = keysOf("XENDIT_PUBLIC_KEY", publicKeys, "public");
  const pair = (mode: "test" | "live") => {
    const secretKey = secret[mode];
    if (secretKey === undefined && open[mode] !== undefined) {
      throw new ConfigError(
        `The configuration cannot be used:\n  XENDIT_PUBLIC_KEY has a ${mode} key but XENDIT_SECRET_KEY has none`,
      );
    }
    return secretKey === undefined ? null : { secretKey, publicKey: open[mode] ?? null };
  };
  return { test: pair("test"), live: pair("live") };
}

function keysOf(name: string, value: string | undefined, kind: "secret" | "public") {
  const found: { test?: string; live?: string } = {};
  for (const key of (value ?? "")
    .split(",")
    .map((one) => one.trim())
    .filter(Boolean)) {
    const known = modes.find((one) => key.startsWith(one[kind]) && key.length > one[kind].length);
    if (!known) {
      const prefixes = modes.map((one) => `${one[kind]}…`).join(" or ");
      throw new ConfigError(`The configuration cannot be used:\n  ${name} must hold keys that begin with ${prefixes}`);
    }
    if (found[known.mode] !== undefined) {
      throw new ConfigError(
        `The configuration cannot be used:\n  ${name} has two ${known.mode} keys; one is the limit`,
      );
    }
    found[known.mode] = key;
  }
  return found;
}

function decodeKey(text: string): Uint8Array | null {
  const bytes = /^[0-9a-f]{64}$/i.test(text) ? Buffer.from(text, "hex") : Buffer.from(text, "base64");
  return bytes.length === 32 ? new Uint8Array(bytes) : null;
}

function keyBytes(text: string): Uint8Array {
  const bytes = decodeKey(text.trim());
  if (!bytes) throw new ConfigError("The kept encryption key is damaged: it must be 64 hex digits.");
  return bytes;
}

/**
 * A secret made at the first start and kept beside the database, readable by its owner only. Losing the encryption key
 * loses the sealed secrets, so an existing file is never written over.
 */
function keptSecret(databaseFile: string, name: string): string {
  if (databaseFile === ":memory:") return randomBytes(32).toString("hex");
  const folder = dirname(databaseFile);
  const file = join(folder, name);
  if (!existsSync(file)) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(file, `${randomBytes(32).toString("hex")}\n`, { mode: 0o600, flag: "wx" });
  }
  chmodSync(file, 0o600);
  return readFileSync(file, "utf8").trim();
}
