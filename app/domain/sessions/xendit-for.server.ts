import type { Database } from "../../db.server.ts";
import type { Config } from "../../env.server.ts";
import type { Environment } from "../../lib/environment.ts";
import { createXenditClient, type XenditClient } from "../../xendit/api-client.server.ts";
import { findSandboxKeys } from "../sandbox-setup.server.ts";

/** How one environment's Xendit is reached, from here and from the browser. */
export interface XenditAccess {
  readonly environment: Environment;
  readonly client: XenditClient;
  /** Shown to the browser on the CVN page; `null` when none is configured. */
  readonly publicKey: string | null;
  /** The script that takes the CVN: Xendit's, or the sandbox's in its place. */
  readonly scriptUrl: string;
  /** The origin that script talks to. */
  readonly apiOrigin: string;
}

const SCRIPT_NAME = "cards-session.min.js";

// One client per key and address, so that what Xendit says about its rate limit is remembered between requests.
const clients = new Map<string, XenditClient>();

/** `null` when the environment has no key here. */
export async function xenditFor(db: Database, config: Config, environment: Environment): Promise<XenditAccess | null> {
  if (environment === "sandbox") return sandboxAccess(db, config);
  const keys = config.xendit[environment];
  if (!keys) return null;
  return {
    environment,
    client: clientOf(config.xenditApiUrl, keys.secretKey),
    publicKey: keys.publicKey,
    scriptUrl: config.xenditJsUrl,
    apiOrigin: new URL(config.xenditApiUrl).origin,
  };
}

async function sandboxAccess(db: Database, config: Config): Promise<XenditAccess | null> {
  const keys = await findSandboxKeys(db, config);
  if (!keys) return null;
  return {
    environment: "sandbox",
    client: clientOf(`${config.internalUrl}/sandbox`, keys.secretKey),
    publicKey: keys.publicKey,
    scriptUrl: `${config.publicUrl}/sandbox/${SCRIPT_NAME}`,
    apiOrigin: config.publicUrl,
  };
}

function clientOf(baseUrl: string, secretKey: string): XenditClient {
  const name = `${baseUrl} ${secretKey}`;
  const known = clients.get(name);
  if (known) return known;
  const client = createXenditClient({ baseUrl, secretKey });
  clients.set(name, client);
  return client;
}
