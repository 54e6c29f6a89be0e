// `node scripts/run.mjs scripts/db-seed.ts …`: runs one of our TypeScript scripts, bundled in a moment by esbuild with the
// rest of build/app/. An installation without development packages runs what its build left there.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { isBundled, root } from "./build-state.mjs";

const [script, ...args] = process.argv.slice(2);
if (!script) {
  process.stderr.write("Usage: node scripts/run.mjs SCRIPT.ts [arguments]\n");
  process.exit(1);
}
const name = basename(script) === "index.ts" ? basename(dirname(script)) : basename(script, ".ts");
const bundle = join(root, "build/app", `${name}.js`);

if (!isBundled()) {
  const built = spawnSync(process.execPath, [join(root, "scripts/build-server.mjs")], { stdio: "inherit" });
  if (built.status !== 0 && !existsSync(bundle)) process.exit(built.status ?? 1);
}
process.chdir(root);
if (existsSync(".env")) process.loadEnvFile(".env");
process.setSourceMapsEnabled(true);
process.argv = [process.execPath, bundle, ...args];
await import(pathToFileURL(bundle).href);
