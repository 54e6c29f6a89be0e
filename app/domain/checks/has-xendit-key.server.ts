import type { Database } from "../../db.server.ts";
import type { Config } from "../../env.server.ts";
import type { Environment } from "../../lib/environment.ts";
import { xenditFor } from "../sessions/xendit-for.server.ts";

/** Whether this environment's Xendit can be asked from here at all. */
export async function hasXenditKey(db: Database, config: Config, environment: Environment): Promise<boolean> {
  return (await xenditFor(db, config, environment)) !== null;
}
