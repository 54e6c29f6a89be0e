import { timingSafeEqual } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { sql } from "drizzle-orm";
import type { Database } from "../app/db.server.ts";
import type { Config } from "../app/env.server.ts";
import { tokenDigest } from "./callback-tokens.ts";
import type { Metrics } from "./metrics.ts";
import { isLoopbackRequest } from "./peer.ts";
import { sendJson, sendText } from "./respond.ts";

export type Health = (path: string, request: IncomingMessage, response: ServerResponse) => Promise<void>;

export interface HealthOptions {
  readonly db: Pick<Database, "read" | "tables">;
  readonly config: Pick<Config, "loopback" | "metricsToken">;
  readonly metrics: Pick<Metrics, "text" | "contentType">;
  /** True once a shutdown began: what balances the load should stop sending before we stop answering. */
  readonly isStopping: () => boolean;
}

export function createHealth({ db, config, metrics, isStopping }: HealthOptions): Health {
  return async (path, request, response) => {
    if (request.method !== "GET" && request.method !== "HEAD") {
      return sendText(response, 405, "Only GET is answered here.", { Allow: "GET, HEAD" });
    }
    if (path === "/healthz") return sendJson(response, 200, { status: "ok" });
    if (path === "/readyz") {
      const isReady = !isStopping() && (await canRead(db));
      return sendJson(response, isReady ? 200 : 503, { status: isReady ? "ready" : "not_ready" });
    }
    if (!mayReadMetrics(request, config)) {
      return sendText(response, 401, "Metrics are for loopback, or a bearer token.", { "WWW-Authenticate": "Bearer" });
    }
    const text = await metrics.text();
    sendText(response, 200, text.trimEnd(), { "Content-Type": metrics.contentType });
  };
}

async function canRead({ read, tables }: HealthOptions["db"]): Promise<boolean> {
  try {
    await read.select({ one: sql`1` }).from(tables.settings).limit(1);
    return true;
  } catch {
    return false;
  }
}

function mayReadMetrics(request: IncomingMessage, config: HealthOptions["config"]): boolean {
  if (isLoopbackRequest(request, config)) return true;
  const sent = /^Bearer (.+)$/.exec(request.headers.authorization ?? "")?.[1];
  if (!config.metricsToken || !sent) return false;
  return timingSafeEqual(tokenDigest(sent), tokenDigest(config.metricsToken));
}
