import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { ConfigError, readConfig } from "~/env.server.ts";

const folder = mkdtempSync(join(tmpdir(), "paydesk-config-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const read = (env: Record<string, string> = {}) => readConfig({ DATABASE_URL: ":memory:", ...env });
const SECRETS = { SESSION_SECRET: "s".repeat(32), ENCRYPTION_KEY: "ab".repeat(32) };

describe("the configuration", () => {
  it("needs nothing: sandbox and demo on, on loopback", () => {
    expect(read()).toMatchObject({
      port: 3000,
      host: "127.0.0.1",
      publicUrl: "http://127.0.0.1:3000",
      internalUrl: "http://127.0.0.1:3000",
      loopback: true,
      demo: true,
      sandbox: true,
      sandboxTimeScale: 0.1,
      defaultEnvironment: "sandbox",
      xendit: { test: null, live: null },
    });
  });

  it("takes an empty variable for an unset one", () => {
    const empty = Object.fromEntries(
      ["PORT", "HOST", "PUBLIC_URL", "DATABASE_URL", "PAYDESK_SANDBOX", "SANDBOX_TIME_SCALE", "XENDIT_SECRET_KEY"].map(
        (name) => [name, ""],
      ),
    );
    expect(readConfig({ ...empty, ...SECRETS })).toMatchObject({ port: 3000, sandbox: true, sandboxTimeScale: 0.1 });
  });

  it("turns sandbox and demo off beside a Xendit key, unless the sandbox is asked for", () => {
    const withKey = { XENDIT_SECRET_KEY: "xnd_development_abc" };
    expect(read(withKey)).toMatchObject({ sandbox: false, demo: false, defaultEnvironment: "test" });
    expect(read({ ...withKey, PAYDESK_SANDBOX: "1" })).toMatchObject({ sandbox: true, demo: false });
    expect(read({ PAYDESK_DEMO: "0" })).toMatchObject({ sandbox: true, demo: false });
  });

  it("tells test keys from live keys by their prefix, one of each at most", () => {
    const both = read({
      XENDIT_SECRET_KEY: "xnd_production_b, xnd_development_a",
      XENDIT_PUBLIC_KEY: "xnd_public_development_p",
    });
    expect(both.xendit).toEqual({
      test: { secretKey: "xnd_development_a", publicKey: "xnd_public_development_p" },
      live: { secretKey: "xnd_production_b", publicKey: null },
    });
    expect(both.defaultEnvironment).toBe("live");
    expect(() => read({ XENDIT_SECRET_KEY: "sk_live_1" })).toThrow(/XENDIT_SECRET_KEY must hold keys that begin with/);
    expect(() => read({ XENDIT_SECRET_KEY: "xnd_development_a,xnd_development_b" })).toThrow(/two test keys/);
    expect(() => read({ XENDIT_PUBLIC_KEY: "xnd_public_production_p" })).toThrow(/XENDIT_SECRET_KEY has none/);
  });

  it("reads several webhook tokens per environment, and colons inside them", () => {
    expect(read({ XENDIT_WEBHOOK_TOKENS: "test:a:b, test:c,live:d" }).webhookTokens).toEqual([
      { environment: "test", token: "a:b" },
      { environment: "test", token: "c" },
      { environment: "live", token: "d" },
    ]);
  });

  it("does not start with one token for two environments, and does not print the token", () => {
    const start = () => read({ XENDIT_WEBHOOK_TOKENS: "test:hush-hush,live:hush-hush" });
    expect(start).toThrow(/one token stands for both test and live/);
    expect(start).not.toThrow(/hush/);
  });

  it("names every variable that is wrong at once", () => {
    expect(() =>
      read({ PORT: "70000", PUBLIC_URL: "https://a.example/path", DATABASE_URL: "mysql://x", SESSION_SECRET: "short" }),
    ).toThrow(/PORT must[\s\S]*PUBLIC_URL must[\s\S]*DATABASE_URL must[\s\S]*SESSION_SECRET must/);
    expect(() => read({ XENDIT_WEBHOOK_TOKENS: "staging:x" })).toThrow(ConfigError);
  });

  it("gives an address that can be visited when it listens on every interface", () => {
    expect(read({ HOST: "0.0.0.0" }).internalUrl).toBe("http://127.0.0.1:3000");
    expect(read({ HOST: "::1" }).publicUrl).toBe("http://[::1]:3000");
  });

  it("requires secrets in production off loopback, and only there", () => {
    const open = { NODE_ENV: "production", HOST: "0.0.0.0", PUBLIC_URL: "https://paydesk.example" };
    expect(() => read(open)).toThrow(/SESSION_SECRET must be set[\s\S]*ENCRYPTION_KEY must be set/);
    expect(read({ ...open, ...SECRETS }).loopback).toBe(false);
    expect(() => read({ NODE_ENV: "production" })).not.toThrow();
    expect(() => read({ ...open, NODE_ENV: "" })).not.toThrow();
  });

  it("reads an encryption key as hex or as base64, 32 bytes", () => {
    const hex = read({ ENCRYPTION_KEY: "01".repeat(32) }).encryptionKey;
    const base64 = read({ ENCRYPTION_KEY: Buffer.alloc(32, 1).toString("base64") }).encryptionKey;
    expect(hex).toEqual(base64);
    expect(() => read({ ENCRYPTION_KEY: "0102" })).toThrow(/32 bytes/);
  });

  it("makes secrets at the first start, keeps them beside the database for its owner only, and finds them again", () => {
    const env = { DATABASE_URL: `file:${join(folder, "kept", "paydesk.db")}` };
    const first = readConfig(env);
    const second = readConfig(env);
    expect(second.sessionSecret).toBe(first.sessionSecret);
    expect(second.encryptionKey).toEqual(first.encryptionKey);
    for (const name of ["session-secret", "encryption-key"]) {
      expect(statSync(join(folder, "kept", name)).mode & 0o777).toBe(0o600);
    }
    expect(readFileSync(join(folder, "kept", "session-secret"), "utf8").trim()).not.toBe(
      readFileSync(join(folder, "kept", "encryption-key"), "utf8").trim(),
    );
  });

  it("makes no file for secrets that were given", () => {
    readConfig({ DATABASE_URL: `file:${join(folder, "given", "paydesk.db")}`, ...SECRETS });
    expect(existsSync(join(folder, "given"))).toBe(false);
  });
});
