import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { afterEach, beforeEach, expect, it } from "vitest";
import { backup, restore } from "../../db/backup.ts";
import { openWriter } from "../../db/connection.ts";
import { migrate } from "../../db/migrate.ts";

const now = new Date("2026-03-31T00:00:00Z");
let folder: string;
let file: string;
let copy: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "paydesk-"));
  file = join(folder, "paydesk.db");
  copy = join(folder, "copy.db");
  migrate(file);
});
afterEach(() => rmSync(folder, { recursive: true }));

function keep(...names: readonly string[]): void {
  const connection = openWriter(file);
  const insert = connection.prepare("INSERT INTO settings (name, value, updated_at) VALUES (?, '1', 1)");
  connection.transaction(() => names.map((name) => insert.run(name)))();
  connection.close();
}

function kept(of: string): unknown[] {
  const connection = new Sqlite(of, { readonly: true });
  const names = connection.prepare("SELECT name FROM settings ORDER BY name").pluck().all();
  connection.close();
  return names;
}

it("a backup holds what was committed while others have the database open", async () => {
  const server = openWriter(file);
  server.prepare("INSERT INTO settings (name, value, updated_at) VALUES ('in the WAL', '1', 1)").run();
  expect(await backup(file, copy)).toBeNull();
  server.close();
  expect(kept(copy)).toEqual(["in the WAL"]);
  expect(statSync(copy).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder).filter((name) => name.startsWith("copy"))).toEqual(["copy.db"]);
});

it("a backup does not overwrite a file", async () => {
  writeFileSync(copy, "mine");
  expect(await backup(file, copy)).toEqual({ problem: "target_exists" });
  expect(readFileSync(copy, "utf8")).toBe("mine");
});

it("a restored database is what the backup held, and what it replaced is kept", async () => {
  keep("before");
  await backup(file, copy);
  keep("later");
  const outcome = await restore(copy, file, now);
  expect(outcome).toEqual({ problem: null, replaced: `${file}.replaced-2026-03-31T00-00-00-000Z` });
  expect(kept(file)).toEqual(["before"]);
  expect(kept(`${file}.replaced-2026-03-31T00-00-00-000Z`)).toEqual(["before", "later"]);
});

it("restoring is refused while a server has the database open", async () => {
  await backup(file, copy);
  keep("later");
  const server = openWriter(file);
  expect(await restore(copy, file, now)).toEqual({ problem: "in_use" });
  server.close();
  expect(kept(file)).toEqual(["later"]);
  expect(existsSync(`${file}.restoring`)).toBe(false);
});

it("a damaged backup replaces nothing", async () => {
  keep(...Array.from({ length: 500 }, (_, at) => `setting ${at} ${"x".repeat(200)}`));
  await backup(file, copy);
  const bytes = readFileSync(copy);
  bytes.fill(0x5a, Math.floor(bytes.length / 2));
  writeFileSync(copy, bytes);
  expect(await restore(copy, file, now)).toMatchObject({ problem: "damaged" });
  expect(kept(file)).toHaveLength(500);
});

it("a file that is no Paydesk database replaces nothing", async () => {
  const other = new Sqlite(copy);
  other.exec("CREATE TABLE settings (name TEXT)");
  other.close();
  expect(await restore(copy, file, now)).toMatchObject({ problem: "not_ours" });
  writeFileSync(copy, "not a database");
  expect(await restore(copy, file, now)).toMatchObject({ problem: "not_ours" });
  expect(await restore(join(folder, "absent.db"), file, now)).toEqual({ problem: "no_database" });
});

it("a backup of a newer Paydesk replaces nothing", async () => {
  await backup(file, copy);
  const newer = new Sqlite(copy);
  newer.exec("INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('x', 99999999999999)");
  newer.close();
  expect(await restore(copy, file, now)).toMatchObject({ problem: "newer" });
});
