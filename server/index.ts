import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { ServerBuild } from "@remix-run/node";
import { createAssetHandler } from "./assets.ts";
import { main } from "./main.ts";
import { createPageHandler } from "./remix-handler.ts";

/** The built installation: pages and files from build/, beside the working directory the process was started in. */
const build = resolve("build");

await main(process.env, async () => {
  // React chooses its build when it is first loaded, and that happens with the pages.
  process.env.NODE_ENV ??= "production";
  const pages = (await import(pathToFileURL(join(build, "server/index.js")).href)) as ServerBuild;
  return { assets: createAssetHandler(join(build, "client")), pages: createPageHandler(pages, "production") };
});
