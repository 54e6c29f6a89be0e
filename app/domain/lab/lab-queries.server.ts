import { and, asc, desc, eq, inArray, type SQL } from "drizzle-orm";
import type { Database } from "~/db.server.ts";
import type { Scope } from "~/lib/scope.ts";
import { makersReach } from "../destinations/delivery-target.server.ts";
import { certificateDigest } from "./certificate.server.ts";
import { isLabPoint, isLabScenario, LAB_SCENARIOS, type LabFinding, type LabScenario } from "./lab.ts";

/** A run as the list shows it. */
export interface LabRunRow {
  readonly runId: string;
  readonly destinationId: string;
  /** Origin and path, as they were. */
  readonly endpoint: string;
  readonly seed: number;
  readonly state: "running" | "finished" | "cancelled";
  readonly orderedBy: string;
  readonly startedAt: number;
  readonly finishedAt: number | null;
  readonly scenarios: readonly LabScenario[];
  readonly findings: readonly LabFinding[];
}

export interface LabRequestRow {
  readonly sequence: number;
  readonly scenario: LabScenario;
  readonly about: string;
  readonly bodyDigest: string;
  readonly at: number;
  readonly outcome: string;
  readonly status: number | null;
  readonly latencyMs: number;
  readonly responseExcerpt: string | null;
}

export interface LabRun extends LabRunRow {
  readonly probeUrl: string | null;
  readonly digest: string | null;
  readonly shareKey: string | null;
  readonly requests: readonly LabRequestRow[];
}

/** As many runs as the page shows. */
const NEWEST = 50;

/** The newest first. Runs are the sandbox's: whoever may read there may read them, unless they see some businesses only. */
export async function listLabRuns(db: Database, scope: Scope): Promise<readonly LabRunRow[]> {
  const { labRuns, labResults } = db.tables;
  const theirs = await ofTheirs(db, scope);
  const runs = await db.read
    .select()
    .from(labRuns)
    .where(theirs)
    .orderBy(desc(labRuns.startedAt), desc(labRuns.runId))
    .limit(NEWEST);
  const ids = runs.map(({ runId }) => runId);
  const results = await db.read.select().from(labResults).where(inArray(labResults.runId, ids));
  return runs.map((run) => ({
    ...asRow(run),
    findings: asFindings(results.filter(({ runId }) => runId === run.runId)),
  }));
}

/** `null` when it is absent or not this operator's to see. */
export async function findLabRun(db: Database, scope: Scope, runId: string): Promise<LabRun | null> {
  const { labRuns } = db.tables;
  const asked = and(eq(labRuns.runId, runId), await ofTheirs(db, scope));
  const [run] = await db.read.select().from(labRuns).where(asked);
  return run ? readRun(db, run) : null;
}

/** Runs against destinations of a business of theirs, or of everybody's, as for the destinations themselves. */
async function ofTheirs(db: Database, { businessIds }: Scope): Promise<SQL | undefined> {
  if (businessIds === null) return undefined;
  const { labRuns, destinations, operators } = db.tables;
  const all = await db.read
    .select({ destinationId: destinations.destinationId, maker: operators })
    .from(destinations)
    .leftJoin(operators, eq(operators.operatorId, destinations.createdBy));
  const theirs = all.filter(
    ({ maker }) => makersReach(maker).businessIds?.some((one) => businessIds.includes(one)) ?? true,
  );
  return inArray(
    labRuns.destinationId,
    theirs.map(({ destinationId }) => destinationId),
  );
}

/** What a certificate says, on paper and to strangers: no body, no answer, no person, no address of the probe. */
export interface LabCertificate {
  readonly runId: string;
  readonly endpoint: string;
  readonly seed: number;
  readonly startedAt: number;
  readonly finishedAt: number;
  readonly scenarios: readonly LabScenario[];
  readonly findings: readonly LabFinding[];
  /** Of the requests that reached the endpoint; without probes. */
  readonly requests: readonly Pick<LabRequestRow, "sequence" | "scenario" | "about" | "bodyDigest" | "outcome">[];
  readonly latencies: readonly { readonly status: number | null; readonly latencyMs: number }[];
  readonly hasProbe: boolean;
  readonly digest: string;
  /** Whether what is stored now still gives that digest. */
  readonly isIntact: boolean;
}

export async function findCertificate(db: Database, scope: Scope, runId: string): Promise<LabCertificate | null> {
  const run = await findLabRun(db, scope, runId);
  return run && certificateOf(run);
}

const SHARE_KEY = /^[A-Za-z0-9_-]{43}$/;

/** For whoever holds the link; `null` for every other text, whatever the reason. */
export async function findSharedCertificate(db: Database, shareKey: string): Promise<LabCertificate | null> {
  if (!SHARE_KEY.test(shareKey)) return null;
  const { labRuns } = db.tables;
  const [run] = await db.read.select().from(labRuns).where(eq(labRuns.shareKey, shareKey));
  return run ? certificateOf(await readRun(db, run)) : null;
}

/** `null` while the run is under way, and for one that was cancelled: half a run certifies nothing. */
function certificateOf(run: LabRun): LabCertificate | null {
  const { runId, endpoint, seed, startedAt, finishedAt, scenarios, findings, digest } = run;
  if (run.state !== "finished" || finishedAt === null || digest === null) return null;
  const ownRequests = run.requests.filter(({ about }) => !about.startsWith("probe: "));
  const counted = certificateDigest({ ...run, finishedAt, results: findings });
  return {
    ...{ runId, endpoint, seed, startedAt, finishedAt, scenarios, findings, digest },
    requests: ownRequests.map(({ sequence, scenario, about, bodyDigest, outcome }) => ({
      ...{ sequence, scenario, about, bodyDigest, outcome },
    })),
    latencies: ownRequests.map(({ status, latencyMs }) => ({ status, latencyMs })),
    hasProbe: run.probeUrl !== null,
    isIntact: counted === digest,
  };
}

type StoredRun = Database["tables"]["labRuns"]["$inferSelect"];

async function readRun(db: Database, run: StoredRun): Promise<LabRun> {
  const { labResults, labRequests } = db.tables;
  const { probeUrl, digest, shareKey } = run;
  const [results, requests] = await Promise.all([
    db.read.select().from(labResults).where(eq(labResults.runId, run.runId)),
    db.read.select().from(labRequests).where(eq(labRequests.runId, run.runId)).orderBy(asc(labRequests.sequence)),
  ]);
  return {
    ...asRow(run),
    findings: asFindings(results),
    probeUrl,
    digest,
    shareKey,
    requests: requests.flatMap(asRequest),
  };
}

function asRow(run: StoredRun): Omit<LabRunRow, "findings"> {
  const { runId, destinationId, endpoint, seed, state, orderedBy, startedAt, finishedAt } = run;
  const scenarios = run.scenarios.filter(isLabScenario);
  return { runId, destinationId, endpoint, seed, state, orderedBy, startedAt, finishedAt, scenarios };
}

/** Scenarios are read by name; one that a later version dropped leaves its requests to the store. */
function asRequest({ scenario, ...row }: Database["tables"]["labRequests"]["$inferSelect"]): readonly LabRequestRow[] {
  return isLabScenario(scenario) ? [{ ...row, scenario }] : [];
}

/** In the order the scenarios are played. */
function asFindings(rows: readonly Database["tables"]["labResults"]["$inferSelect"][]): readonly LabFinding[] {
  const findings = rows.flatMap(({ scenario, point, verdict, detail }) =>
    isLabScenario(scenario) && isLabPoint(point) ? [{ scenario, point, verdict, detail }] : [],
  );
  return findings.sort((a, b) => LAB_SCENARIOS.indexOf(a.scenario) - LAB_SCENARIOS.indexOf(b.scenario));
}
