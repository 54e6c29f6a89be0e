import type { AppLoadContext } from "@remix-run/node";
import type { Database, Role } from "~/db.server.ts";
import { beginSession } from "~/domain/operators/operator-session.server.ts";
import type { Config } from "~/env.server.ts";
import type { Environment } from "~/lib/environment.ts";
import { newId } from "~/lib/ids.ts";
import { createSignals } from "~/lib/signals.ts";
import { aConfig } from "../setup/config.ts";

interface Who {
  readonly role?: Role;
  readonly environments?: readonly Environment[] | null;
  readonly businessIds?: readonly string[] | null;
  readonly config?: Partial<Config>;
}

/** What a loader is called with when somebody signed in opens a page: `(path, params) => args`. */
export async function signedIn(
  db: Database,
  { role = "admin", environments = null, businessIds = null, config }: Who = {},
) {
  const settled = aConfig(config);
  const operatorId = newId("operator");
  const { statement, cookie } = beginSession(db, settled, { operatorId, now: new Date() });
  const operator = {
    operatorId,
    email: `${operatorId}@desk.test`,
    // Nobody signs in with it: the session is begun without a password.
    passwordHash: "none",
    role,
    environments,
    businessIds,
    preferences: {},
    createdAt: Date.now(),
  };
  await db.write([{ query: db.read.insert(db.tables.operators).values(operator), rows: 1 }, statement]);
  const context: AppLoadContext = {
    db,
    config: settled,
    signals: createSignals(),
    nonce: "nonce",
    requestId: "req_test",
    address: "127.0.0.1",
  };
  return (path: string, params: Record<string, string> = {}, init: RequestInit = {}) => {
    const headers = { ...init.headers, Cookie: cookie.split(";")[0] ?? "" };
    return { request: new Request(`${settled.publicUrl}${path}`, { ...init, headers }), params, context };
  };
}

/** What a loader answers or throws, as the response a browser would get. */
export async function responseOf(work: Promise<unknown>): Promise<Response> {
  try {
    const answer = await work;
    if (answer instanceof Response) return answer;
    throw new Error("Not a response");
  } catch (thrown) {
    if (thrown instanceof Response) return thrown;
    if (isDataWithStatus(thrown)) return Response.json(thrown.data, thrown.init);
    throw thrown;
  }
}

function isDataWithStatus(thrown: unknown): thrown is { data: unknown; init: ResponseInit } {
  return typeof thrown === "object" && thrown !== null && "data" in thrown && "init" in thrown;
}
