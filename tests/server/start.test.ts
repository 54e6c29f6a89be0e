import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Database } from "~/db.server.ts";
import { addOperator } from "~/domain/operators/add-operator.server.ts";
import { ConfigError } from "~/env.server.ts";
import { tokenDigest } from "../../server/callback-tokens.ts";
import { prepareStore } from "../../server/first-start.ts";
import { startServer } from "../../server/start.ts";
import { syncCallbackTokens } from "../../server/sync-callback-tokens.ts";
import { aConfig } from "../setup/config.ts";
import { createTestDatabase } from "../setup/db.ts";
import { send } from "../setup/raw-request.ts";

const now = new Date("2026-03-31T08:00:00Z");
const said: string[] = [];
const say = (line: string) => void said.push(line);
const start = (db: Database, config = aConfig({ demo: true })) =>
  prepareStore(db, config, { say, now, demo: { payments: 8, seed: 1 } });
const observationsOf = (db: Database) => db.read.select().from(db.tables.observations);

describe("a first start", () => {
  let db: Database;
  beforeEach(async () => {
    said.length = 0;
    db = await createTestDatabase();
  });
  afterEach(() => db.close());

  it("fills an empty database with demo payments and says so", async () => {
    await start(db);
    expect((await observationsOf(db)).length).toBeGreaterThan(8);
    expect(said[0]).toMatch(/^Filling the empty database with 8 demo payments/);
    expect(said.at(-1)).toMatch(/100 %/);
  });

  it("fills it once, and not again after it was cleared", async () => {
    await start(db);
    const before = (await observationsOf(db)).length;
    await start(db);
    expect(await observationsOf(db)).toHaveLength(before);
    await db.clearDemo();
    await start(db);
    expect(await observationsOf(db)).toEqual([]);
  });

  it("leaves it empty when told to", async () => {
    await start(db, aConfig({ demo: false }));
    expect(await observationsOf(db)).toEqual([]);
    expect(said).toEqual([]);
  });

  it("gives a link to sign in with, until there is an operator", async () => {
    const { firstLink } = await start(db, aConfig());
    expect(firstLink).toMatch(/^http:\/\/127\.0\.0\.1:3000\/sign-in\/first\?token=[\w-]{43}$/);
    const ada = { email: "ada@example.com", password: "a long password", role: "admin" } as const;
    await addOperator(db, { ...ada, environments: null, businessIds: null, by: null, now });
    expect((await start(db, aConfig())).firstLink).toBeNull();
  });

  it("keeps the sandbox's keys over restarts, and takes its token back while the sandbox is off", async () => {
    const tokens = () =>
      db.read.select().from(db.tables.webhookTokens).where(eq(db.tables.webhookTokens.origin, "sandbox"));
    await start(db, aConfig());
    const [first] = await tokens();
    expect(first).toMatchObject({ environment: "sandbox", revokedAt: null });
    await start(db, aConfig({ sandbox: false }));
    expect(await tokens()).toMatchObject([{ tokenDigest: first?.tokenDigest, revokedAt: now.getTime() }]);
    await start(db, aConfig());
    expect(await tokens()).toEqual([first]);
  });
});

describe("configured webhook tokens", () => {
  const configured = (...names: readonly (readonly ["sandbox" | "test" | "live", string])[]) => ({
    webhookTokens: names.map(([environment, token]) => ({ environment, token })),
  });

  it("are added, revoked when they leave the configuration, and let in again when they come back", async () => {
    const db = await createTestDatabase();
    const active = async () => {
      const rows = await db.read.select().from(db.tables.webhookTokens);
      return rows.filter((row) => row.revokedAt === null).map((row) => row.tokenDigest);
    };
    const digest = (token: string) => tokenDigest(token).toString("hex");
    await syncCallbackTokens(db, configured(["test", "old"]), now);
    await syncCallbackTokens(db, configured(["test", "old"], ["test", "new"]), now);
    expect((await active()).sort()).toEqual([digest("old"), digest("new")].sort());
    await syncCallbackTokens(db, configured(["test", "new"]), now);
    expect(await active()).toEqual([digest("new")]);
    await syncCallbackTokens(db, configured(["test", "old"]), now);
    expect(await active()).toEqual([digest("old")]);
  });

  it("stop the start when one is the sandbox's own", async () => {
    const db = await createTestDatabase();
    const { webhookTokens } = db.tables;
    const own = { tokenDigest: tokenDigest("own").toString("hex"), label: "sandbox", createdAt: 1 };
    const row = { ...own, environment: "sandbox", origin: "sandbox" } as const;
    await db.write([{ query: db.read.insert(webhookTokens).values(row), rows: 1 }]);
    await expect(syncCallbackTokens(db, configured(["live", "own"]), now)).rejects.toThrow(ConfigError);
  });
});

describe("the running server", () => {
  const folder = mkdtempSync(join(tmpdir(), "paydesk-start-"));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("answers until it is told to stop, and then lets go of everything, live streams too", {
    timeout: 60_000,
  }, async () => {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const config = aConfig({ port, publicUrl: url, internalUrl: url, databaseFile: join(folder, "paydesk.db") });
    const pages = async (_request: unknown, response: import("node:http").ServerResponse) => {
      response.setHeader("Content-Type", "text/event-stream");
      response.flushHeaders();
    };
    const server = await startServer(config, async () => ({ assets: async () => false, pages }), say);
    expect((await send(`${url}/readyz`)).status).toBe(200);
    const stream = await fetch(`${url}/live`);
    const ended = stream.text().catch(() => "cut");

    // Before what is under way is cut.
    const startedAt = Date.now();
    await Promise.all([server.stop(), server.stop()]);
    await ended;
    expect(Date.now() - startedAt).toBeLessThan(7_500);
    await expect(send(`${url}/healthz`)).rejects.toThrow(/ECONNREFUSED/);
  });
});

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
