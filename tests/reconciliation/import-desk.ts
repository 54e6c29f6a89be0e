import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Database } from "../../app/db.server.ts";
import { operatorFor } from "../../app/domain/operators/operator.ts";
import { beginUpload } from "../../app/domain/reconciliation/begin-upload.server.ts";
import { MAX_PART } from "../../app/domain/reconciliation/import.ts";
import { startImporter } from "../../app/domain/reconciliation/importer.server.ts";
import { receivePart } from "../../app/domain/reconciliation/receive-part.server.ts";
import type { Config } from "../../app/env.server.ts";
import { createSignals, type Signals } from "../../app/lib/signals.ts";
import { aConfig } from "../setup/config.ts";
import { createTestDatabase } from "../setup/db.ts";

export const NOW = new Date("2026-04-10T03:00:00Z");

export const importer = operatorFor(
  {
    operatorId: "op_finance",
    email: "finance@desk.test",
    role: "finance",
    environments: null,
    businessIds: null,
    preferences: {},
  },
  "reconciliation:import",
);

export interface ImportDesk {
  readonly db: Database;
  readonly config: Config;
  readonly signals: Signals;
  readonly errors: unknown[];
  upload(file: string | Buffer, name?: string): Promise<string>;
  /** Reads what waits until nothing does. */
  readAll(): Promise<void>;
  importOf(importId: string): Promise<Stored>;
  close(): Promise<void>;
}
type Stored = Awaited<ReturnType<typeof findStored>>;

/** A store in memory with a folder of its own for what is uploaded. */
export async function openImportDesk(options: { db?: Database; config?: Partial<Config> } = {}): Promise<ImportDesk> {
  const folder = await mkdtemp(join(tmpdir(), "paydesk-test-"));
  const db = options.db ?? (await createTestDatabase());
  const config = aConfig({ databaseFile: join(folder, "paydesk.db"), ...options.config });
  const signals = createSignals();
  const errors: unknown[] = [];
  const desk = { db, config, signals };
  return {
    ...desk,
    errors,
    async upload(file, name = "report.csv") {
      const bytes = Buffer.from(file);
      const order = { environment: "sandbox" as const, name, size: bytes.length, modified: "", operator: importer };
      const begun = await beginUpload(db, { ...order, now: NOW });
      if (!begun.ok) throw new Error(begun.refusal);
      const { importId } = begun.value;
      for (let offset = begun.value.received; offset < bytes.length; offset += MAX_PART) {
        const part = bytes.subarray(offset, offset + MAX_PART);
        const received = await receivePart(desk, { importId, offset, bytes: part, operator: importer, now: NOW });
        if (!received.ok) throw new Error(received.refusal);
      }
      return importId;
    },
    async readAll() {
      const running = startImporter({ ...desk, onError: (error) => void errors.push(error) });
      await untilQuiet(db);
      await running.stop();
    },
    importOf: (importId) => findStored(db, importId),
    async close() {
      await db.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function findStored(db: Database, importId: string) {
  const rows = await db.read.select().from(db.tables.reportImports);
  const row = rows.find((one) => one.importId === importId);
  if (!row) throw new Error(`No import ${importId}`);
  return row;
}

export async function untilQuiet(db: Database, ms = 60_000): Promise<void> {
  const deadline = Date.now() + ms;
  for (;;) {
    const rows = await db.read.select({ state: db.tables.reportImports.state }).from(db.tables.reportImports);
    if (rows.every(({ state }) => state !== "waiting" && state !== "importing")) return;
    if (Date.now() > deadline) throw new Error("The imports did not end in time.");
    await new Promise((done) => setTimeout(done, 5));
  }
}

/** What a report makes of its transactions, without which import told it. */
export async function reportRowsOf(db: Database) {
  const rows = await db.read.select().from(db.tables.reportRows);
  return rows.toSorted((a, b) => (a.transactionId < b.transactionId ? -1 : 1));
}
