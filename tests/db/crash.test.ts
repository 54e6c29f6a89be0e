import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, it } from "vitest";
import { check } from "../../db/backup.ts";
import { openDatabase } from "../../db/open-database.ts";
import { eventStates, projectedRows } from "./rows.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "paydesk-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** The ids that were acknowledged before the process was killed, which is after so many of them. */
async function acknowledgedUntilKilled(file: string, killAfter: number): Promise<readonly string[]> {
  const script = fileURLToPath(new URL("./crash-child.ts", import.meta.url));
  const child = spawn(process.execPath, ["--import", "tsx", script, file], { stdio: ["ignore", "pipe", "inherit"] });
  const acknowledged: string[] = [];
  const ended = new Promise((resolve) => child.once("exit", (_code, signal) => resolve(signal)));
  for await (const line of createInterface({ input: child.stdout })) {
    // A line cut off by the kill acknowledges nothing.
    if (line.length === "evt_".length + 36) acknowledged.push(line);
    if (acknowledged.length === killAfter) child.kill("SIGKILL");
  }
  expect(await ended).toBe("SIGKILL");
  return acknowledged;
}

it("of 10,000 captures by 64 callers, killed midway, every acknowledged event is there afterwards", async () => {
  const file = join(folder, "paydesk.db");
  const acknowledged = await acknowledgedUntilKilled(file, 2_500);
  const db = await openDatabase({ file, threads: true });
  const { events } = db.tables;
  const stored = new Set((await db.read.select({ id: events.eventId }).from(events)).map(({ id }) => id));
  expect(acknowledged.filter((id) => !stored.has(id))).toEqual([]);
  expect(stored.size).toBeLessThan(10_000);

  // What was stored is whole: projected as if it had been folded today.
  const before = { rows: await projectedRows(db), states: await eventStates(db) };
  await db.rebuild();
  expect({ rows: await projectedRows(db), states: await eventStates(db) }).toEqual(before);
  await db.close();
  expect(check(file)).toBeNull();
}, 120_000);
