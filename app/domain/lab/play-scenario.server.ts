import { setTimeout as pause } from "node:timers/promises";
import { judgeScenario, type ProbeEnd } from "./judge.ts";
import type { LabFinding, LabScenario } from "./lab.ts";
import { askProbe, type LabLine, type SentRequest, sendStep } from "./lab-request.server.ts";
import { isAsExpected } from "./probe.ts";
import type { LabProbe, MadeScenario, PlantedPayment } from "./scenario-step.ts";
import { makeScenario } from "./scenarios.ts";

export interface Stage {
  readonly runId: string;
  readonly seed: number;
  readonly probeUrl: string | null;
  readonly line: LabLine;
  readonly signal: AbortSignal;
  readonly answerWithinMs: number;
  /** Of what scenarios allow an endpoint to make up its mind: 1, less in tests. */
  readonly patience: number;
  /** Keeps a request at once, so that people can watch. */
  record(scenario: LabScenario, sequence: number, request: SentRequest): Promise<void>;
  /** Numbers of requests, across scenarios. */
  nextSequence(): number;
  /** Tells the sandbox's API of a payment; false when it could not be told. */
  plant(payment: PlantedPayment): Promise<boolean>;
}

export interface Act {
  readonly findings: readonly LabFinding[];
  /** Nothing of it was answered: going on would only wait for more of the same. */
  readonly wasDeaf: boolean;
}

/** Plays one scenario against the endpoint and judges it. Stops between requests when the signal says so. */
export async function playScenario(stage: Stage, scenario: LabScenario): Promise<Act> {
  const made = makeScenario(scenario, stage.seed);
  const missing = missingFor(stage, scenario);
  if (missing) return { findings: notObservable(scenario, made, missing), wasDeaf: false };

  const isPlanted = made.planted ? await stage.plant(made.planted) : true;
  const answers = await sendSteps(stage, scenario, made);
  const sent = answers.filter(({ outcome }) => outcome !== "held");
  const wasDeaf = sent.every(({ status }) => status === null);
  const probes: ProbeEnd[] = [];
  for (const probe of made.probes) {
    probes.push(isPlanted ? await endOf(stage, scenario, probe) : { reading: null, because: "not planted" });
  }
  const { answerWithinMs } = stage;
  return { findings: judgeScenario({ scenario, made, answers, probes, answerWithinMs }), wasDeaf };
}

/** The points a scenario bears on, when it could not be played. */
export function skipScenario(scenario: LabScenario, seed: number, why: string): readonly LabFinding[] {
  return notObservable(scenario, makeScenario(scenario, seed), why);
}

/** What an endpoint was never given it cannot be asked to check. */
function missingFor({ line: { target } }: Stage, scenario: LabScenario): string | null {
  const isToken = scenario === "wrong_token" || scenario === "missing_token";
  if (isToken && target.token === null) return "the destination has no token to check";
  const isSignature = scenario === "tampered_signature";
  return isSignature && target.signingSecrets.length === 0 ? "the destination has no signing secret" : null;
}

function notObservable(scenario: LabScenario, made: MadeScenario, detail: string): readonly LabFinding[] {
  const points = new Set([...made.steps, ...made.probes].map(({ point }) => point));
  return [...points].map((point) => ({ scenario, point, verdict: "not_observable", detail }));
}

async function sendSteps(stage: Stage, scenario: LabScenario, made: MadeScenario): Promise<SentRequest[]> {
  const send = async (step: MadeScenario["steps"][number]) => {
    stage.signal.throwIfAborted();
    const sequence = stage.nextSequence();
    const request = await sendStep(stage.line, step, `${stage.runId}/${sequence}`);
    // What our own stop cut off says nothing about the endpoint.
    stage.signal.throwIfAborted();
    await stage.record(scenario, sequence, request);
    return request;
  };
  if (made.atOnce) return Promise.all(made.steps.map(send));
  const sent: SentRequest[] = [];
  for (const step of made.steps) sent.push(await send(step));
  return sent;
}

/** Reads of a probe at most: with every scenario's steps they stay below MAX_REQUESTS. */
const READS = 8;
const SETTLE_MS = 400;

/**
 * Asks until the answer is the expected one, then once more a little later: what is overwritten or fulfilled again is so
 * behind the answer's back. Only the read that decided is kept.
 */
async function endOf(stage: Stage, scenario: LabScenario, probe: LabProbe): Promise<ProbeEnd> {
  const { probeUrl, line, signal } = stage;
  if (probeUrl === null) return { reading: null, because: "no probe" };
  const sequence = stage.nextSequence();
  const gap = (probe.patienceMs * stage.patience) / (READS - 1);
  let isSettling = false;
  for (let read = 1; ; read++) {
    signal.throwIfAborted();
    const { request, reading } = await askProbe(line, { ...probe, probeUrl });
    signal.throwIfAborted();
    const isRight = reading !== null && isAsExpected(reading, probe.expects);
    if (reading === null || read === READS || (isRight && isSettling)) {
      await stage.record(scenario, sequence, request);
      return reading ? { reading } : { reading: null, because: "unreadable" };
    }
    isSettling = isRight;
    await pause(isRight ? SETTLE_MS * stage.patience : gap, undefined, { signal });
  }
}
