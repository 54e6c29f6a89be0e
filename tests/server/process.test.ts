import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { startPaydesk } from "../e2e/paydesk.ts";

describe("the process", () => {
  it("ends cleanly when a signal comes twice at once, as a Ctrl-C under npm does", { timeout: 300_000 }, async () => {
    const paydesk = await startPaydesk();
    const exited = paydesk.exited;
    paydesk.signal("SIGINT");
    paydesk.signal("SIGINT");
    expect(await exited).toBe(0);
    // Nothing is left to be recovered: the log of the database was folded in and is gone.
    expect(existsSync(resolve(paydesk.folder, "paydesk.db-wal"))).toBe(false);
    await paydesk.stop();
  });

  it("says what is wrong with its configuration, without a stack", () => {
    const run = spawnSync(process.execPath, ["scripts/start.mjs"], {
      env: {
        NODE_ENV: "production",
        PATH: process.env.PATH,
        PORT: "http",
        XENDIT_WEBHOOK_TOKENS: "test:same,live:same",
      },
      encoding: "utf8",
    });
    expect(run.status).toBe(1);
    expect(run.stderr).toMatch(
      /^The configuration cannot be used:\n {2}PORT must be a port[^\n]*\n {2}XENDIT_WEBHOOK_TOKENS/,
    );
    expect(run.stderr).not.toMatch(/\n\s+at /);
  });
});
