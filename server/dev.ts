import { existsSync } from "node:fs";
import type { ServerBuild } from "@remix-run/node";
import { createServer as createVite } from "vite";
import { serve } from "./assets.ts";
import { main } from "./main.ts";
import { createPageHandler } from "./remix-handler.ts";

if (existsSync(".env")) process.loadEnvFile(".env");

/** The same server with Vite in the place of the built pages: capture, guards and headers are those of production. */
await main(process.env, async ({ config }) => {
  const vite = await createVite({
    server: { middlewareMode: true, hmr: { port: config.port + 1 } },
    appType: "custom",
  });
  const loadBuild = () => vite.ssrLoadModule("virtual:remix/server-build") as Promise<ServerBuild>;
  return {
    assets: (request, response) => serve(vite.middlewares, request, response),
    pages: createPageHandler(loadBuild, "development"),
    development: true,
  };
});
