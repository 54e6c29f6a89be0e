import { and, asc, eq, inArray, max } from "drizzle-orm";
import type { AppContext } from "~/context.server.ts";
import type { Database } from "~/db.server.ts";
import { findTarget } from "../destinations/delivery-target.server.ts";
import { callSandbox } from "../sandbox-control.server.ts";
import { certificateDigest } from "./certificate.server.ts";
import { ANSWER_WITHIN_MS, isLabScenario, type LabFinding, type LabScenario } from "./lab.ts";
import { openLine, type SentRequest } from "./lab-request.server.ts";
import { playScenario, type Stage, skipScenario } from "./play-scenario.server.ts";
import type { PlantedPayment } from "./scenario-step.ts";

/** Rings can be lost, and a run is cancelled by whoever pressed the button: look again by ourselves. */
const LOOK_AGAIN_MS = 5_000;
/** After a run that could not go on for a reason of ours, before it is tried again. */
const HOLD_OFF_MS = 30_000;

export interface LabRunnerOptions extends Pick<AppContext, "db" | "config" | "signals"> {
  readonly onError?: (error: unknown) => void;
  /** Xendit's 30 seconds, unless a test is in a hurry. */
  readonly answerWithinMs?: number;
  /** Of the time a scenario leaves the endpoint to make up its mind; 1. */
  readonly patience?: number;
  readonly plant?: (payment: PlantedPayment) => Promise<boolean>;
}

type RunRow = Database["tables"]["labRuns"]["$inferSelect"];

/**
 * Plays the runs that are under way, each against its own destination. What a scenario found out is written at its end, so
 * a restart goes on with the first scenario that found out nothing yet; its requests are then made once more, the same
 * bytes, which every scenario has to bear. Health and breaker of the destination are left alone: the lab's faults are its own.
 */
export function startLabRunner(options: LabRunnerOptions): { stop(): Promise<void> } {
  const { db, signals, onError = () => {} } = options;
  const stopping = new AbortController();
  const underWay = new Map<string, { readonly abort: AbortController; readonly done: Promise<void> }>();
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> | null = null;

  function wake(): void {
    if (stopping.signal.aborted) return;
    clearTimeout(timer);
    looking = (looking ?? Promise.resolve()).then(look).catch(onError);
  }

  async function look(): Promise<void> {
    const { labRuns } = db.tables;
    const running = await db.read.select().from(labRuns).where(eq(labRuns.state, "running"));
    if (stopping.signal.aborted) return;
    const ids = new Set(running.map(({ runId }) => runId));
    for (const [runId, { abort }] of underWay) if (!ids.has(runId)) abort.abort();
    for (const run of running) if (!underWay.has(run.runId)) begin(run);
    clearTimeout(timer);
    timer = setTimeout(wake, LOOK_AGAIN_MS);
    timer.unref();
  }

  function begin(run: RunRow): void {
    const abort = new AbortController();
    const signal = AbortSignal.any([abort.signal, stopping.signal]);
    const done = playRun(options, run, signal)
      .then(() => true)
      .catch((error) => {
        if (signal.aborted) return true;
        onError(error);
        return false;
      })
      .then((isOver) => {
        if (isOver) return void underWay.delete(run.runId);
        // Still running, and broken by us: not in a tight loop.
        setTimeout(() => underWay.delete(run.runId), HOLD_OFF_MS).unref();
      });
    underWay.set(run.runId, { abort, done });
  }

  const forget = signals.on("lab", wake);
  wake();
  return {
    async stop() {
      stopping.abort();
      forget();
      clearTimeout(timer);
      await looking;
      await Promise.all([...underWay.values()].map(({ done }) => done));
    },
  };
}

async function playRun(options: LabRunnerOptions, run: RunRow, signal: AbortSignal): Promise<void> {
  const { db } = options;
  const done = await forgetHalfPlayed(db, run);
  let why: string | null = null;
  for (const scenario of run.scenarios.filter(isLabScenario)) {
    if (done.has(scenario)) continue;
    signal.throwIfAborted();
    const stage: Stage | null = why === null ? await openStage(options, run, signal) : null;
    why ??= stage === null ? "the destination was removed or switched off" : null;
    if (stage === null) {
      await keep(db, run, skipScenario(scenario, run.seed, why ?? ""));
      continue;
    }
    const { findings, wasDeaf } = await playScenario(stage, scenario);
    signal.throwIfAborted();
    await keep(db, run, findings);
    if (wasDeaf) why = "not sent: nothing of the scenario before was answered";
  }
  await finish(db, run);
}

/** Read anew for each scenario: a destination switched off gets nothing more, one with a new token gets that. */
async function openStage(
  { db, config, answerWithinMs = ANSWER_WITHIN_MS, patience = 1, plant }: LabRunnerOptions,
  run: RunRow,
  signal: AbortSignal,
): Promise<Stage | null> {
  const target = await findTarget(db, config, run.destinationId);
  if (!target?.isOn || !target.environments.includes("sandbox")) return null;
  const { labRequests } = db.tables;
  const mine = eq(labRequests.runId, run.runId);
  const [last] = await db.read
    .select({ sequence: max(labRequests.sequence) })
    .from(labRequests)
    .where(mine);
  let sequence = last?.sequence ?? 0;
  return {
    runId: run.runId,
    seed: run.seed,
    probeUrl: run.probeUrl,
    line: await openLine(db, config, { target, answerWithinMs, signal }),
    signal,
    answerWithinMs,
    patience,
    nextSequence: () => ++sequence,
    record: (scenario, number, request) => record(db, run, { scenario, number, request }),
    plant: plant ?? ((payment) => plantPayment({ db, config }, payment)),
  };
}

async function plantPayment(
  { db, config }: Pick<AppContext, "db" | "config">,
  { paymentRequestId, paymentSessionId, request, payment }: PlantedPayment,
): Promise<boolean> {
  const path = `/planted_payments/${encodeURIComponent(paymentRequestId)}`;
  const body = { payment_session_id: paymentSessionId, payment_request: request, payment };
  const answer = await callSandbox(db, config, { method: "PUT", path, body });
  return answer?.ok ?? false;
}

async function record(
  db: Database,
  run: RunRow,
  { scenario, number, request }: { scenario: LabScenario; number: number; request: SentRequest },
): Promise<void> {
  const row = { runId: run.runId, sequence: number, scenario, ...request };
  await db.write([{ query: db.read.insert(db.tables.labRequests).values(row), rows: 1 }]);
}

/** Only of a run that still is under way: one that was cancelled meanwhile keeps what it had. */
async function keep(db: Database, run: RunRow, findings: readonly LabFinding[]): Promise<void> {
  const { labRuns, labResults } = db.tables;
  const at = Date.now();
  const rows = findings.map((finding) => ({ runId: run.runId, at, ...finding }));
  const running = and(eq(labRuns.runId, run.runId), eq(labRuns.state, "running"));
  await db.write([
    { query: db.read.update(labRuns).set({ state: "running" }).where(running), rows: 1 },
    { query: db.read.insert(labResults).values(rows), rows: rows.length },
  ]);
}

/** Takes back the requests of a scenario that a restart cut off, and answers with those that were played to the end. */
async function forgetHalfPlayed(db: Database, run: RunRow): Promise<ReadonlySet<string>> {
  const { labResults, labRequests } = db.tables;
  const rows = await db.read
    .selectDistinct({ scenario: labResults.scenario })
    .from(labResults)
    .where(eq(labResults.runId, run.runId));
  const done = new Set(rows.map(({ scenario }) => scenario));
  const open = run.scenarios.filter((scenario) => !done.has(scenario));
  const half = and(eq(labRequests.runId, run.runId), inArray(labRequests.scenario, open));
  if (open.length > 0) await db.write([{ query: db.read.delete(labRequests).where(half), rows: "any" }]);
  return done;
}

async function finish(db: Database, run: RunRow): Promise<void> {
  const { labRuns, labResults, labRequests } = db.tables;
  const finishedAt = Date.now();
  const [results, requests] = await Promise.all([
    db.read.select().from(labResults).where(eq(labResults.runId, run.runId)),
    db.read.select().from(labRequests).where(eq(labRequests.runId, run.runId)).orderBy(asc(labRequests.sequence)),
  ]);
  const digest = certificateDigest({ ...run, finishedAt, results, requests });
  const running = and(eq(labRuns.runId, run.runId), eq(labRuns.state, "running"));
  const set = { state: "finished" as const, finishedAt, digest };
  await db.write([{ query: db.read.update(labRuns).set(set).where(running), rows: "any" }]);
}
