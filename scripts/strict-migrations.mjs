// drizzle-kit cannot write STRICT tables (DESIGN 4), so this runs after it: every CREATE TABLE of every migration ends in
// `) STRICT;`. With --fresh the unpublished initial migration is thrown away and generated anew.
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = `${root}db/migrations/sqlite`;
const fresh = process.argv.includes("--fresh");

if (fresh) rmSync(folder, { recursive: true, force: true });
const generated = spawnSync("npx", ["drizzle-kit", "generate", ...(fresh ? ["--name", "initial"] : [])], {
  cwd: root,
  stdio: "inherit",
});
if (generated.status !== 0) process.exit(generated.status ?? 1);

for (const name of readdirSync(folder).filter((file) => file.endsWith(".sql"))) {
  const sql = readFileSync(`${folder}/${name}`, "utf8");
  writeFileSync(`${folder}/${name}`, sql.replace(/(CREATE TABLE [^;]*?\n\));/g, "$1 STRICT;"));
}
