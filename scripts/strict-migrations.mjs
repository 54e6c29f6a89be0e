// drizzle-kit cannot write STRICT tables (DESIGN 4), so this runs it and then ends every CREATE TABLE of every migration in
// `) STRICT;`. `npm run db:generate -- --name what_it_adds` adds one; --fresh generates the initial one anew, which was allowed
// until it was published.
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = join(root, "db/migrations/sqlite");
const fresh = process.argv.includes("--fresh");
const before = mkdtempSync(join(tmpdir(), "paydesk-migrations-"));

if (existsSync(folder)) cpSync(folder, before, { recursive: true });
if (fresh) rmSync(folder, { recursive: true, force: true });
generate(fresh ? ["--name", "initial"] : process.argv.slice(2));
for (const name of sqlFiles(folder)) {
  const sql = readFileSync(join(folder, name), "utf8");
  writeFileSync(join(folder, name), sql.replace(/(CREATE TABLE [^;]*?\n\));/g, "$1 STRICT;"));
}
// A migration that says the same keeps its date, by which databases remember it.
if (fresh && sameSql()) cpSync(before, folder, { recursive: true });
rmSync(before, { recursive: true });

function generate(args) {
  const { status } = spawnSync("npx", ["drizzle-kit", "generate", ...args], { cwd: root, stdio: "inherit" });
  if (status === 0) return;
  if (fresh) cpSync(before, folder, { recursive: true });
  process.exit(status ?? 1);
}

function sqlFiles(of) {
  return readdirSync(of).filter((name) => name.endsWith(".sql"));
}

function sameSql() {
  const text = (of) => sqlFiles(of).map((name) => readFileSync(join(of, name), "utf8"));
  return text(before).join("\n") === text(folder).join("\n");
}
