import { type LabVerdict, verdictLabel } from "~/domain/lab/lab.ts";
import { Badge } from "../ui/badge.tsx";
import type { Tone } from "../ui/tone.ts";

const tones: Readonly<Record<LabVerdict, Tone>> = { passed: "good", failed: "bad", not_observable: "unknown" };

export function VerdictBadge({ verdict }: { verdict: LabVerdict }) {
  return <Badge tone={tones[verdict]}>{verdictLabel[verdict]}</Badge>;
}

/** Its scenarios are still to be played: no verdict, not even that there can be none. */
export function AwaitedBadge() {
  return <Badge tone="waiting">Not yet played</Badge>;
}

const stateTones = { running: "waiting", finished: "good", cancelled: "unknown" } as const;
const stateWords = { running: "Running", finished: "Finished", cancelled: "Cancelled" } as const;

export function LabStateBadge({ state }: { state: keyof typeof stateTones }) {
  return <Badge tone={stateTones[state]}>{stateWords[state]}</Badge>;
}
