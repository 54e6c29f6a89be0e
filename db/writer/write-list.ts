import type { Statement } from "better-sqlite3";
import type { WriteOutcome } from "../database.ts";
import type { Engine } from "./engine.ts";
import type { Done, PlainStatement } from "./jobs.ts";
import { inSavepoint } from "./statements.ts";

/** A list of statements, all or nothing. The first whose row count does not fit takes the whole list back. */
export function writeList({ connection }: Engine, statements: readonly PlainStatement[]): Done<WriteOutcome> {
  let misfit: WriteOutcome = { ok: true };
  try {
    inSavepoint(connection, "list", () => {
      for (const [at, { sql, params, rows: expected }] of statements.entries()) {
        const rows = execute(connection.prepare(sql), params);
        if (expected === "any" || rows === expected) continue;
        misfit = { ok: false, at, rows };
        throw new Misfit();
      }
    });
  } catch (error) {
    if (!(error instanceof Misfit)) throw error;
  }
  return { value: misfit, changes: [] };
}

class Misfit extends Error {}

function execute(statement: Statement, params: readonly unknown[]): number {
  return statement.reader ? statement.all(...params).length : statement.run(...params).changes;
}
