import { and, eq } from "drizzle-orm";
import type { Database } from "~/db.server.ts";
import type { Config } from "~/env.server.ts";
import { urlProblem } from "~/lib/guarded-fetch.server.ts";
import { newId } from "~/lib/ids.ts";
import { ok, type Result, refused } from "~/lib/result.ts";
import type { Scope } from "~/lib/scope.ts";
import { findTarget } from "../destinations/delivery-target.server.ts";
import { destinationPolicy } from "../destinations/destination-policy.server.ts";
import { findDestination } from "../destinations/destination-queries.server.ts";
import { auditStatement } from "../operators/audit.server.ts";
import { LAB_SCENARIOS } from "./lab.ts";
import type { LabRefusal, StartLabForm } from "./lab-form.ts";

export interface StartLabRun extends StartLabForm {
  readonly config: Config;
  /** `scope` is already narrowed to the permission this is ordered under. */
  readonly operator: { readonly operatorId: string; readonly email: string; readonly scope: Scope };
  readonly now: Date;
}

/** Writes the order and its audit entry; running it is the lab runner's business. One run at a time and destination. */
export async function startLabRun(
  db: Database,
  order: StartLabRun,
): Promise<Result<{ readonly runId: string }, LabRefusal>> {
  const { config, destinationId, operator, now } = order;
  if (!config.sandbox) return refused("sandbox_off");
  const isTheirs = await findDestination(db, operator.scope, destinationId);
  const target = isTheirs && (await findTarget(db, config, destinationId, now.getTime()));
  if (!target) return refused("destination_not_found");
  if (!target.isOn) return refused("destination_off");
  if (!target.environments.includes("sandbox")) return refused("destination_not_for_sandbox");
  // Made-up payments go with the destination's real token and signature: only to those who may point real ones there.
  const isWithinReach = target.environments.every((one) => operator.scope.environments.includes(one));
  if (!isWithinReach) return refused("destination_takes_more");
  const probeUrl = order.probeUrl === "" ? null : order.probeUrl;
  const problem = probeUrl && urlProblem(probeUrl, await destinationPolicy(db, config));
  if (problem) return refused("probe_not_allowed", problem);
  const second = Math.floor(now.getTime() / 1000);
  const seed = order.seed === "" ? second : Number(order.seed);
  if (seed > second) return refused("seed_in_future");

  const { labRuns } = db.tables;
  const runId = newId("lab");
  const chosen = new Set(order.scenarios);
  const row = {
    runId,
    destinationId,
    endpoint: endpointOf(target.url),
    probeUrl,
    seed,
    scenarios: LAB_SCENARIOS.filter((scenario) => chosen.has(scenario)),
    state: "running" as const,
    operatorId: operator.operatorId,
    orderedBy: operator.email,
    startedAt: now.getTime(),
  };
  const isRunning = and(eq(labRuns.destinationId, destinationId), eq(labRuns.state, "running"));
  const written = await db.write([
    // Changes nothing; it has to find nothing, or the whole order is taken back.
    { query: db.read.update(labRuns).set({ state: "running" }).where(isRunning), rows: 0 },
    { query: db.read.insert(labRuns).values(row), rows: 1 },
    auditStatement(db, {
      operator,
      action: "destinations:write",
      environment: "sandbox",
      subject: runId,
      detail: { faultLab: target.name, seed, scenarios: row.scenarios.length, probe: probeUrl !== null },
      now,
    }),
  ]);
  return written.ok ? ok({ runId }) : refused("already_running");
}

/** Origin and path: a query can hold a secret, and a certificate is shown around. */
export function endpointOf(url: string): string {
  const { origin, pathname } = new URL(url);
  return origin + pathname;
}
