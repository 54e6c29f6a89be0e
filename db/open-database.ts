import { existsSync } from "node:fs";
import { drizzle } from "drizzle-orm/better-sqlite3";
import { registerAlive } from "./alive.ts";
import { type Connection, openReader } from "./connection.ts";
import { createDatabase } from "./create-database.ts";
import type { Database, Reader } from "./database.ts";
import { createHeavyReader } from "./heavy/heavy-reader.ts";
import { createQueryRunner, type HeavyQuery } from "./heavy/run-query.ts";
import * as tables from "./schema/sqlite.ts";
import { linkWorker } from "./worker-link.ts";
import { createEngine, type Reading } from "./writer/engine.ts";
import type { Job, JobReply } from "./writer/jobs.ts";
import { runJobs } from "./writer/run-jobs.ts";

/** Opens a migrated database file with its writer and its heavy reader on threads of their own. */
export async function openDatabase({ file }: { readonly file: string; readonly threads: true }): Promise<Database> {
  if (!existsSync(file)) throw new Error(`There is no database at ${file}; migrate makes one`);
  const writer = linkWorker<readonly Job[], readonly JobReply[]>("writer", file);
  // Answers once its connection is open: a reader needs the files that the writer's brings into being.
  await writer.ask([]);
  const connection = openReader(file);
  const reader = linkWorker<HeavyQuery, readonly unknown[]>("reader", file);
  return createDatabase({
    read: readerOf(connection),
    runner: { run: (jobs) => writer.ask(jobs) },
    resumes: true,
    heavy: (options) => createHeavyReader((query) => reader.ask(query), options),
    async close() {
      await reader.close();
      connection.close();
      await writer.close();
    },
  });
}

/** The same store on one thread and one connection, for tests and for scripts that have a file to themselves. */
export function openOnOneThread(connection: Connection, reading: Reading): Database {
  const engine = createEngine(connection, reading);
  const queries = createQueryRunner();
  registerAlive(connection, queries.isAlive);
  // As with threads, only the writing side can write.
  connection.pragma("query_only = ON");
  return createDatabase({
    read: readerOf(connection),
    resumes: false,
    runner: {
      async run(jobs) {
        connection.pragma("query_only = OFF");
        const replies = runJobs(engine, jobs);
        connection.pragma("query_only = ON");
        return replies;
      },
    },
    heavy: (options) => createHeavyReader(async (query) => queries.run(connection, query), options),
    async close() {
      connection.close();
    },
  });
}

function readerOf(connection: Connection): Reader {
  return drizzle(connection, { schema: tables }) as unknown as Reader;
}
