import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, it } from "vitest";
import { migrate } from "../../db/migrate.ts";
import { openDatabase } from "../../db/open-database.ts";
import { openImportDesk, reportRowsOf } from "./import-desk.ts";
import { aPaymentLine, csvOf, VERSION_2 } from "./report-lines.ts";

const ROWS = 6_000;
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "paydesk-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function killAfter(file: string, slices: number): Promise<void> {
  const script = fileURLToPath(new URL("./import-child.ts", import.meta.url));
  const child = spawn(process.execPath, ["--import", "tsx", script, file], { stdio: ["ignore", "pipe", "inherit"] });
  const ended = new Promise((resolve) => child.once("exit", (_code, signal) => resolve(signal)));
  let seen = 0;
  for await (const _ of createInterface({ input: child.stdout })) if (++seen === slices) child.kill("SIGKILL");
  expect(await ended).toBe("SIGKILL");
}

it("goes on where it was when Paydesk is killed in the middle of a report, and counts no row twice", async () => {
  const file = join(folder, "paydesk.db");
  migrate(file);
  const db = await openDatabase({ file, threads: true });
  const desk = await openImportDesk({ db, config: { databaseFile: file } });
  const lines = Array.from({ length: ROWS }, (_, index) =>
    aPaymentLine({
      "Transaction ID": index % 500 === 499 ? "" : `txn_${index}`,
      Description: index % 7 === 0 ? "two\nlines" : "",
    }),
  );
  const importId = await desk.upload(csvOf(VERSION_2, lines));
  await killAfter(file, 4);
  const killed = await desk.importOf(importId);
  expect(killed.state).toBe("importing");
  expect(killed.rowsNew).toBeGreaterThan(0);
  expect(killed.rowsNew).toBeLessThan(ROWS - 12);
  await killAfter(file, 5);

  await desk.readAll();
  expect(desk.errors).toEqual([]);
  const bad = 12;
  expect(await desk.importOf(importId)).toMatchObject({
    state: "imported",
    rowsNew: ROWS - bad,
    rowsChanged: 0,
    rowsSame: 0,
    rowsBad: bad,
    lines: ROWS + 1 + Math.ceil(ROWS / 7),
  });
  expect(await reportRowsOf(db)).toHaveLength(ROWS - bad);
  expect(await db.read.select().from(db.tables.reportProblems)).toHaveLength(bad);
  await desk.close();
}, 180_000);
