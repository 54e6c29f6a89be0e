// Bundles our own code for Node: the server, the store's threads and the scripts, flat in build/app/, so that each finds
// the others beside itself. Packages stay outside. `remix vite:build` owns build/server/ and build/client/.
import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { build } from "esbuild";
import { bundleStamp, root } from "./build-state.mjs";

const startedAt = new Date();
const named = (folder, pattern) =>
  existsSync(join(root, folder))
    ? readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
        .filter((name) => pattern.test(name))
        .map((name) => ({ in: join(root, folder, name), out: basename(name, ".ts") }))
    : [];

await build({
  absWorkingDir: root,
  entryPoints: [
    { in: join(root, "server/index.ts"), out: "index" },
    ...named("db", /\.worker\.ts$/),
    ...named("scripts", /^[\w-]+\.ts$/),
    ...named("bench", /^index\.ts$/).map((entry) => ({ ...entry, out: "bench" })),
  ],
  outdir: join(root, "build/app"),
  bundle: true,
  packages: "external",
  platform: "node",
  format: "esm",
  target: "node20",
  sourcemap: true,
  logLevel: "warning",
});
writeFileSync(bundleStamp, `${startedAt.toISOString()}\n`);
