// Whether what stands in build/ is younger than what it is made of.
import { existsSync, readdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
export const serverEntry = join(root, "build/app/index.js");
/** Written last by build-server.mjs, so that an interrupted bundle counts as none. */
export const bundleStamp = join(root, "build/app/bundled");
const pages = join(root, "build/server/index.js");

const configuration = ["package-lock.json", "tsconfig.json", "remix.config.js", "vite.config.ts"];

/** The server, the store's threads and the scripts: what scripts/build-server.mjs makes. */
export function isBundled() {
  return isYounger(bundleStamp, ["app", "db", "server", "scripts", "bench", ...configuration]);
}

/** The bundle and the pages: everything `npm run build` makes. */
export function isBuilt() {
  return isBundled() && existsSync(serverEntry) && isYounger(pages, ["app", "public", ...configuration]);
}

function isYounger(product, sources) {
  if (!existsSync(product)) return false;
  const madeAt = statSync(product).mtimeMs;
  return sources.flatMap((name) => filesAt(join(root, name))).every((file) => statSync(file).mtimeMs <= madeAt);
}

function filesAt(path) {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
}
