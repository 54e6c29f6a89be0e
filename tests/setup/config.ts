import type { Config } from "../../app/env.server.ts";

/** A configuration as a newcomer has it, with what matters replaced. */
export function aConfig(overrides: Partial<Config> = {}): Config {
  return {
    port: 3000,
    host: "127.0.0.1",
    publicUrl: "http://127.0.0.1:3000",
    internalUrl: "http://127.0.0.1:3000",
    loopback: true,
    production: false,
    databaseFile: ":memory:",
    demo: false,
    sandbox: true,
    sandboxTimeScale: 0,
    xendit: { test: null, live: null },
    xenditApiUrl: "https://api.xendit.co",
    xenditJsUrl: "https://js.xendit.co/cards-session.min.js",
    webhookTokens: [],
    sessionSecret: "a session secret for tests, long enough",
    encryptionKey: new Uint8Array(32).fill(7),
    defaultEnvironment: "sandbox",
    metricsToken: null,
    logLevel: "silent",
    ...overrides,
  };
}
