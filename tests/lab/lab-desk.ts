import { createServer, type Server } from "node:http";
import { eq } from "drizzle-orm";
import type { Database } from "~/db.server.ts";
import { newSigningSecret } from "~/domain/destinations/standard-webhooks.ts";
import { LAB_SCENARIOS, type LabScenario } from "~/domain/lab/lab.ts";
import { findLabRun, type LabRun } from "~/domain/lab/lab-queries.server.ts";
import { startLabRunner } from "~/domain/lab/lab-runner.server.ts";
import { startLabRun } from "~/domain/lab/start-lab-run.server.ts";
import type { Config } from "~/env.server.ts";
import { newId } from "~/lib/ids.ts";
import { seal } from "~/lib/seal.server.ts";
import { createSignals } from "~/lib/signals.ts";
import { jsonText } from "~/xendit/bodies/json.ts";
import { aDestination, anOperator, until } from "../replays/desk.ts";

export const TOKEN = "the-merchants-own-token";
export const SECRET = newSigningSecret();

/** Serves on a free port of this machine. */
export async function serve(server: Server): Promise<{ origin: string; close(): Promise<void> }> {
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  return {
    origin: `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`,
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}

/** What Xendit's API would answer, after the lab planted it. */
export function aPlantedApi() {
  const planted = new Map<string, { status: string; amount: string }>();
  return {
    plant: async ({ paymentRequestId, request }: { paymentRequestId: string; request: object }) => {
      const body = JSON.parse(jsonText({ ...request }));
      planted.set(paymentRequestId, { status: body.status, amount: String(body.request_amount) });
      return true;
    },
    ask: async (paymentRequestId: string) => planted.get(paymentRequestId) ?? null,
  };
}

/** A destination with a token, and a signing secret unless it is to have none. */
export async function aLabDestination(
  db: Database,
  config: Config,
  {
    origin,
    name = "shop",
    token = TOKEN,
    secret = SECRET as string | null,
  }: {
    origin: string;
    name?: string;
    token?: string;
    secret?: string | null;
  },
): Promise<string> {
  const destinationId = await aDestination(db, config, { url: `${origin}/hook?secret=in-the-query`, name, token });
  if (secret !== null) {
    const keyId = newId("signingKey");
    const { secrets, destinationSigningKeys } = db.tables;
    const row = { keyId, destinationId, secretName: keyId, createdAt: 1, expiresAt: null };
    await db.write([
      {
        query: db.read
          .insert(secrets)
          .values({ name: keyId, sealed: seal(secret, config.encryptionKey), createdAt: 1 }),
        rows: 1,
      },
      { query: db.read.insert(destinationSigningKeys).values(row), rows: 1 },
    ]);
  }
  return destinationId;
}

export interface RunOptions {
  readonly destinationId: string;
  readonly probeUrl?: string;
  readonly seed?: string;
  readonly scenarios?: readonly LabScenario[];
}

export async function order(db: Database, config: Config, options: RunOptions): Promise<string> {
  const { destinationId, probeUrl = "", seed = "", scenarios = LAB_SCENARIOS } = options;
  const started = await startLabRun(db, {
    ...{ destinationId, probeUrl, seed, scenarios: [...scenarios], config },
    operator: anOperator("destinations:write"),
    now: new Date(),
  });
  if (!started.ok) throw new Error(`not started: ${started.refusal} ${started.detail ?? ""}`);
  return started.value.runId;
}

export interface Runner {
  readonly db: Database;
  readonly config: Config;
  readonly plant?: ReturnType<typeof aPlantedApi>["plant"];
  readonly answerWithinMs?: number;
}

/** In a hurry: a second and a half to answer, a fifth of the patience. */
export function aRunner({ db, config, plant = async () => true, answerWithinMs = 1_500 }: Runner) {
  const signals = createSignals();
  const errors: unknown[] = [];
  const onError = (error: unknown) => errors.push(error);
  const runner = startLabRunner({ db, config, signals, onError, answerWithinMs, patience: 0.2, plant });
  return { ...runner, signals, errors };
}

export async function theRun(db: Database, runId: string): Promise<LabRun> {
  const run = await findLabRun(db, anOperator("payments:read").scope, runId);
  if (!run) throw new Error("no such run");
  return run;
}

/** Orders a run and waits for its end. */
export async function play(runner: Runner, options: RunOptions): Promise<LabRun> {
  const running = aRunner(runner);
  try {
    const runId = await order(runner.db, runner.config, options);
    running.signals.ring("lab");
    await until(async () => (await stateOf(runner.db, runId)) !== "running", 60_000);
    if (running.errors.length > 0) throw running.errors[0];
    return await theRun(runner.db, runId);
  } finally {
    await running.stop();
  }
}

export async function stateOf(db: Database, runId: string): Promise<string | undefined> {
  const { labRuns } = db.tables;
  const [row] = await db.read.select({ state: labRuns.state }).from(labRuns).where(eq(labRuns.runId, runId));
  return row?.state;
}

/** Answers everything alike and remembers what it got. */
export async function aRecorder(answer: (index: number) => number | Promise<number> = () => 200) {
  const received: { readonly body: string; readonly headers: Record<string, unknown> }[] = [];
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    const index = received.push({ body, headers: request.headers }) - 1;
    response.writeHead(await answer(index)).end("ok");
  });
  return { received, ...(await serve(server)) };
}
