import type { Environment } from "./lib/environment.ts";

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
  readonly xenditJsUrl: string;
  readonly webhookTokens: readonly { readonly environment: Environment; readonly token: string }[];
  readonly sessionSecret: string;
  /** 32 bytes. */
  readonly encryptionKey: Uint8Array;
  /** The environment lists start in: that of the configured key, else sandbox. */
  readonly defaultEnvironment: Environment;
  /** Bearer token that opens /metrics off loopback; `null` keeps it loopback-only. */
  readonly metricsToken: string | null;
}
