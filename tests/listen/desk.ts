import { type ChildProcess, spawn } from "node:child_process";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { resolve } from "node:path";
import { buffer } from "node:stream/consumers";
import type { Database, Role } from "../../app/db.server.ts";
import { createToken } from "../../app/domain/tokens/create-token.server.ts";
import type { Environment } from "../../app/lib/environment.ts";
import { newId } from "../../app/lib/ids.ts";
import { createSignals } from "../../app/lib/signals.ts";
import * as notFound from "../../app/routes/api.$.ts";
import * as events from "../../app/routes/api.v1.events.ts";
import * as start from "../../app/routes/api.v1.listen.ts";
import * as end from "../../app/routes/api.v1.listen_.$listenId.end.ts";
import * as results from "../../app/routes/api.v1.listen_.$listenId.results.ts";
import type { PageHandler } from "../../server/remix-handler.ts";
import { aConfig } from "../setup/config.ts";

const root = resolve(import.meta.dirname, "../..");

/** Connections that end before the request was looked at, or after it was done and before its answer. */
export const faults = { drop: "none" as "none" | "before" | "after" };

/** Stands in for Remix before the real HTTP server: the API's own routes, chosen by path. */
export const apiPages: PageHandler = async (request, response, context) => {
  if (faults.drop === "before") return void response.destroy();
  const url = new URL(request.url ?? "/", "http://desk.test");
  const gone = new AbortController();
  response.once("close", () => gone.abort());
  const isRead = request.method === "GET";
  const web = new Request(url, {
    method: request.method,
    headers: request.headers as Record<string, string>,
    body: isRead ? undefined : new Uint8Array(await buffer(request)),
    signal: gone.signal,
  });
  const [, listenId = "", act] = /^\/api\/v1\/listen\/([^/]+)\/(results|end)$/.exec(url.pathname) ?? [];
  const route =
    { "/api/v1/events": events, "/api/v1/listen": start }[url.pathname] ??
    (act === "results" ? results : act === "end" ? end : notFound);
  const settled = {
    ...context,
    config: aConfig({ publicUrl: `http://${request.headers.host}` }),
    signals: createSignals(),
  };
  const args = { request: web, params: { listenId }, context: settled };
  const answer = await Promise.resolve()
    .then(() => (isRead ? route.loader(args) : route.action(args)))
    .catch((thrown: unknown) => {
      if (thrown instanceof Response) return thrown;
      throw thrown;
    });
  if (faults.drop === "after") return void response.destroy();
  response.writeHead(answer.status, Object.fromEntries(answer.headers));
  response.end(Buffer.from(await answer.arrayBuffer()));
};

interface Who {
  readonly role?: Role;
  readonly environments?: readonly Environment[] | null;
  readonly businessIds?: readonly string[] | null;
}

/** An operator and a token of theirs. */
export async function aToken(db: Database, { role = "admin", environments = null, businessIds = null }: Who = {}) {
  const operatorId = newId("operator");
  const email = `${operatorId}@example.com`;
  const row = {
    operatorId,
    email,
    passwordHash: "none",
    role,
    environments,
    businessIds,
    preferences: {},
    createdAt: 0,
  };
  await db.write([{ query: db.read.insert(db.tables.operators).values(row), rows: 1 }]);
  const tokenId = newId("accessToken");
  const operator = { operatorId, email };
  const made = await createToken(db, { tokenId, name: "laptop", lifetime: "7", operator, now: new Date() });
  if (!made.ok) throw new Error(made.refusal);
  return { token: made.value.token, tokenId, operatorId, email };
}

export interface Received {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** A merchant's endpoint on a port of its own. */
export async function startTarget(port = 0, statusOf: (nth: number) => number = () => 200) {
  const received: Received[] = [];
  const server: Server = createServer(async (request, response) => {
    received.push({ headers: request.headers, body: (await buffer(request)).toString() });
    response.writeHead(statusOf(received.length), { "Content-Type": "text/plain" }).end("noted");
  });
  await new Promise<void>((done) => server.listen(port, "127.0.0.1", done));
  const at = (server.address() as AddressInfo).port;
  return {
    url: `http://127.0.0.1:${at}/hook`,
    port: at,
    received,
    async close() {
      server.closeAllConnections();
      await new Promise<void>((done) => server.close(() => done()));
    },
  };
}

/** The program as a process of its own. */
export function runListen(args: readonly string[], env: Record<string, string>) {
  const child: ChildProcess = spawn(process.execPath, ["--import", "tsx", "scripts/listen.ts", ...args], {
    cwd: root,
    env: { NODE_ENV: "production", PATH: process.env.PATH, HOME: process.env.HOME, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const written: string[] = [];
  child.stdout?.on("data", (chunk: Buffer) => written.push(chunk.toString()));
  child.stderr?.on("data", (chunk: Buffer) => written.push(chunk.toString()));
  const exited = new Promise<number | null>((done) => child.once("close", (code) => done(code)));
  return { output: () => written.join(""), exited, signal: (name: NodeJS.Signals) => void child.kill(name) };
}

export async function until(holds: () => boolean | Promise<boolean>, what: () => string): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`Waited too long: ${what()}`);
    await new Promise((done) => setTimeout(done, 25));
  }
}
