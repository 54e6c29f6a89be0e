import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import Sqlite from "better-sqlite3";
import type { Arrival, Database } from "../app/db.server.ts";
import { operatorFor } from "../app/domain/operators/operator.ts";
import { orderReplay } from "../app/domain/replays/order-replay.server.ts";
import { migrate } from "../db/migrate.ts";
import { openDatabase } from "../db/open-database.ts";
import { benchArrivals } from "./arrivals.ts";

/**
 * One large replay on real processes: events in a store, a destination that fails a share of its requests and is started
 * again once, Paydesk killed once in the middle, webhooks captured all the while. Tells what came of it; judges nothing.
 */
export interface ReplayRun {
  readonly events: number;
  readonly ratePerSecond: number;
  readonly concurrency: number;
  /** Of all requests, what the destination answers 500 to. */
  readonly failingShare: number;
  /** Share of the events after which Paydesk is killed, and after which the destination is started again. */
  readonly killAt: number;
  readonly restartAt: number;
  /** Closes the circuit breaker once it opened, as an operator would, instead of waiting for it. */
  readonly resetsBreaker: boolean;
  readonly atMostMs: number;
  readonly say: (line: string) => void;
}

export interface ReplayOutcome {
  readonly state: string;
  readonly total: number;
  readonly counts: Readonly<Record<string, number>>;
  /** Deliveries that failed, without what they failed of. */
  readonly failedUnnamed: number;
  /** Delivered by our word and never acknowledged by the destination's log. */
  readonly deliveredUnseen: number;
  /** Events the destination acknowledged more than once. */
  readonly acknowledgedAgain: number;
  readonly requests: number;
  readonly failedRequests: number;
  /** Most requests in any second, by the destination's clock. */
  readonly busiestSecond: number;
  readonly breakerOpened: boolean;
  readonly sendingSeconds: number;
  readonly captured: number;
  /** Acknowledged webhooks that are not in the store. */
  readonly capturedLost: number;
  readonly captureP50Ms: number;
  readonly captureP99Ms: number;
}

const TOKEN = "a-token-for-the-replay-run";
const CAPTURE_EVERY_MS = 50;
const POLL_MS = 1_000;

export async function runReplay(run: ReplayRun): Promise<ReplayOutcome> {
  const folder = mkdtempSync(join(tmpdir(), "paydesk-replay-"));
  const file = join(folder, "paydesk.db");
  const log = join(folder, "destination.log");
  const [paydeskPort, destinationPort] = [await freePort(), await freePort()];
  const startDestination = () =>
    start(
      [resolve("bench/replay-destination.mjs"), String(destinationPort), log, String(run.failingShare), "7"],
      {},
      "listening",
    );
  const startPaydesk = () =>
    start(["--import", "tsx", resolve("bench/paydesk-process.ts")], environmentOf(file, paydeskPort), "Paydesk: ");
  const running: Running[] = [];
  try {
    const replayId = await seed(file, run, `http://127.0.0.1:${destinationPort}/hook`);
    let destination = await startDestination();
    running.push(destination);
    let paydesk = await startPaydesk();
    running.push(paydesk);
    const startedAt = Date.now();
    const captures = captureMeanwhile(paydeskPort);
    const watch = watchReplay(file, replayId, run);

    await watch.until((done) => done >= run.killAt * run.events);
    await paydesk.kill("SIGKILL");
    run.say(`Paydesk killed after ${watch.done()} of ${run.events}`);
    paydesk = await startPaydesk();
    running.push(paydesk);

    await watch.until((done) => done >= run.restartAt * run.events);
    await destination.kill("SIGKILL");
    run.say(`Destination stopped after ${watch.done()}`);
    await wait(1_000);
    destination = await startDestination();
    running.push(destination);

    await watch.until((_done, state) => state === "finished");
    const sendingSeconds = Math.round((Date.now() - startedAt) / 100) / 10;
    const captured = await captures.stop();
    return {
      ...judge(file, log, replayId),
      ...captured.judge(file),
      breakerOpened: watch.breakerOpened(),
      sendingSeconds,
    };
  } finally {
    await Promise.all(running.map((process) => process.kill("SIGKILL")));
    rmSync(folder, { recursive: true, force: true });
  }
}

function environmentOf(file: string, port: number): Record<string, string> {
  return {
    PORT: String(port),
    DATABASE_URL: `file:${file}`,
    PAYDESK_DEMO: "0",
    LOG_LEVEL: "warn",
    XENDIT_WEBHOOK_TOKENS: `test:${TOKEN}`,
  };
}

/** Events through the store, an administrator, a destination, and an order of all of them. */
async function seed(file: string, run: ReplayRun, url: string): Promise<string> {
  migrate(file);
  const db = await openDatabase({ file, threads: true });
  const at = Date.now();
  for (let number = 0; number < run.events; number += 256) {
    const batch = Array.from({ length: Math.min(256, run.events - number) }, (_, index) => number + index);
    await Promise.all(batch.map((one) => db.capture(arrivalOf(one, at))));
  }
  await addPeople(db, run, url);
  const stored = { operatorId: "op_bench", email: "bench@example.com", role: "admin" as const };
  const ordered = await orderReplay(db, {
    selection: { kind: "filter", search: "environment=test" },
    destinationId: "dst_bench",
    includesDelivered: false,
    confirmation: "bench",
    zone: "UTC",
    idempotencyKey: "the-only-form",
    operator: operatorFor({ ...stored, environments: null, businessIds: null, preferences: {} }, "replays:send"),
    now: new Date(),
  });
  await db.close();
  if (!ordered.ok) throw new Error(`not ordered: ${ordered.refusal}`);
  run.say(`${run.events} events captured and ordered`);
  return ordered.value.replayId;
}

/** The destination's log tells events apart by the `webhook-id` they came with. */
function arrivalOf(number: number, at: number): Arrival {
  const arrival = benchArrivals(number)[1];
  const webhookId = `wh-${number}`;
  return { ...arrival, webhookId, headers: [...arrival.headers, ["webhook-id", webhookId]], receivedAt: at + number };
}

async function addPeople(db: Database, { ratePerSecond, concurrency }: ReplayRun, url: string): Promise<void> {
  const { operators, destinations } = db.tables;
  const operator = {
    operatorId: "op_bench",
    email: "bench@example.com",
    role: "admin" as const,
    passwordHash: "none",
    preferences: {},
    createdAt: 1,
  };
  const destination = {
    destinationId: "dst_bench",
    name: "bench",
    url,
    createdBy: operator.operatorId,
    createdAt: 1,
    ratePerSecond,
    concurrency,
  };
  await db.write([
    { query: db.read.insert(operators).values(operator), rows: 1 },
    { query: db.read.insert(destinations).values(destination), rows: 1 },
  ]);
}

interface Running {
  kill(signal: NodeJS.Signals): Promise<void>;
}

async function start(args: readonly string[], env: Record<string, string>, ready: string): Promise<Running> {
  const child = spawn(process.execPath, args, {
    env: { NODE_ENV: "production", PATH: process.env.PATH, HOME: process.env.HOME, ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const exited = new Promise<void>((done) => child.once("exit", () => done()));
  await said(child, ready);
  return {
    async kill(signal) {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal);
      await exited;
    },
  };
}

function said(child: ChildProcess, ready: string): Promise<void> {
  return new Promise((done, fail) => {
    let output = "";
    child.stdout?.on("data", (chunk: Buffer) => {
      output += chunk.toString();
      if (output.includes(ready)) done();
    });
    child.once("exit", (code) => fail(new Error(`It ended with ${code} before it was ready:\n${output}`)));
  });
}

/** Looks at the store from outside, as an operator's page would. */
function watchReplay(file: string, replayId: string, run: ReplayRun) {
  const startedAt = Date.now();
  let done = 0;
  let opened = false;
  let saidAt = 0;
  async function until(holds: (done: number, state: string) => boolean): Promise<void> {
    for (;;) {
      const state = look();
      if (holds(done, state)) return;
      if (Date.now() - startedAt > run.atMostMs) throw new Error(`After ${run.atMostMs} ms ${done} of ${run.events}`);
      await wait(POLL_MS);
    }
  }
  function look(): string {
    const connection = new Sqlite(file, { timeout: 10_000 });
    const ended = "state in ('delivered', 'failed', 'left_out')";
    done = one<number>(connection, `select count(*) from deliveries where replay_id = ? and ${ended}`, replayId) ?? 0;
    const state = one<string>(connection, "select state from replays where replay_id = ?", replayId) ?? "";
    const isOpen = one<number>(
      connection,
      "select breaker_opened_at from destinations where destination_id = ?",
      "dst_bench",
    );
    opened ||= isOpen !== null;
    if (isOpen !== null && run.resetsBreaker)
      connection.exec("update destinations set failures_in_row = 0, breaker_opened_at = null");
    connection.close();
    if (Date.now() - saidAt > 10_000) {
      saidAt = Date.now();
      run.say(`${state}: ${done} of ${run.events}`);
    }
    return state;
  }
  return { until, done: () => done, breakerOpened: () => opened };
}

/** One webhook every 50 ms, each until it is acknowledged. */
function captureMeanwhile(port: number) {
  const acknowledged: string[] = [];
  const milliseconds: number[] = [];
  let isOver = false;
  const work = (async () => {
    for (let number = 0; !isOver; number += 1) {
      // Numbers of their own: the seeded events are others.
      const { bytes } = benchArrivals(10_000_000 + number)[1];
      for (let eventId: string | null = null; eventId === null && !isOver; ) {
        const sentAt = performance.now();
        eventId = await post(port, `meanwhile-${number}`, bytes).catch(() => null);
        if (eventId === null) await wait(CAPTURE_EVERY_MS);
        else {
          acknowledged.push(eventId);
          milliseconds.push(performance.now() - sentAt);
        }
      }
      await wait(CAPTURE_EVERY_MS);
    }
  })();
  return {
    async stop() {
      isOver = true;
      await work;
      milliseconds.sort((a, b) => a - b);
      const at = (share: number) => Math.round(milliseconds[Math.floor(share * (milliseconds.length - 1))] ?? 0);
      return {
        judge(file: string) {
          const connection = new Sqlite(file, { readonly: true });
          const kept = connection.prepare("select 1 from events where event_id = ?");
          const capturedLost = acknowledged.filter((eventId) => kept.get(eventId) === undefined).length;
          connection.close();
          return { captured: acknowledged.length, capturedLost, captureP50Ms: at(0.5), captureP99Ms: at(0.99) };
        },
      };
    },
  };
}

async function post(port: number, webhookId: string, bytes: Uint8Array): Promise<string | null> {
  const response = await fetch(`http://127.0.0.1:${port}/webhooks/xendit`, {
    method: "POST",
    headers: { "x-callback-token": TOKEN, "webhook-id": webhookId, "content-type": "application/json" },
    body: Buffer.from(bytes),
  });
  const answer: unknown = await response.json();
  if (response.status !== 200 || typeof answer !== "object" || answer === null || !("event_id" in answer)) return null;
  return String(answer.event_id);
}

interface Logged {
  readonly at: number;
  readonly id: string;
  readonly status: number;
}

/** The store's word beside the destination's. */
function judge(file: string, log: string, replayId: string) {
  const connection = new Sqlite(file, { readonly: true });
  const deliveries = connection
    .prepare<[string], { state: string; outcome: string | null; webhookId: string }>(
      `select d.state, d.outcome, o.webhook_id as webhookId from deliveries d join events e on e.event_id = d.event_id
       join observations o on o.observation_id = e.observation_id where d.replay_id = ?`,
    )
    .all(replayId);
  const state = one<string>(connection, "select state from replays where replay_id = ?", replayId) ?? "";
  connection.close();
  const lines = existsSync(log) ? readFileSync(log, "utf8").trim().split("\n") : [];
  const requests = lines.map((line): Logged => JSON.parse(line));
  const taken = new Map<string, number>();
  for (const { id } of requests.filter(({ status }) => status === 200)) taken.set(id, (taken.get(id) ?? 0) + 1);
  const delivered = deliveries.filter((row) => row.state === "delivered");
  return {
    state,
    total: deliveries.length,
    counts: Object.fromEntries(
      ["waiting", "delivered", "failed", "left_out"].map((name) => [
        name,
        deliveries.filter((row) => row.state === name).length,
      ]),
    ),
    failedUnnamed: deliveries.filter((row) => row.state === "failed" && !row.outcome).length,
    deliveredUnseen: delivered.filter((row) => !taken.has(row.webhookId)).length,
    acknowledgedAgain: [...taken.values()].filter((times) => times > 1).length,
    requests: requests.length,
    failedRequests: requests.filter(({ status }) => status === 500).length,
    busiestSecond: busiestSecond(requests.map(({ at }) => at)),
  };
}

function busiestSecond(times: readonly number[]): number {
  const sorted = [...times].sort((a, b) => a - b);
  let most = 0;
  let first = 0;
  for (const [last, at] of sorted.entries()) {
    while ((sorted[first] ?? at) <= at - 1_000) first += 1;
    most = Math.max(most, last - first + 1);
  }
  return most;
}

function one<Value>(connection: Sqlite.Database, query: string, value: string): Value | null {
  return connection.prepare<[string], Value>(query).pluck().get(value) ?? null;
}

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer();
    probe.once("error", fail);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => (typeof address === "object" && address ? done(address.port) : fail(new Error("no port"))));
    });
  });
}
