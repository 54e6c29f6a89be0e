import type { Observation, StateReason, StoredObservation } from "../../app/xendit/observation.ts";
import type { EventState, Projection } from "../../app/xendit/projection.ts";
import type { Connection } from "../connection.ts";

/** What the writer needs of app/xendit. Handed in, so that a test can make one of them fail. */
export interface Reading {
  maskBody(bytes: Uint8Array): { readonly bytes: Uint8Array; readonly masked: boolean };
  readObservation(stored: StoredObservation): Observation;
  compareSameKey(
    a: Observation,
    b: Observation,
  ): { readonly outcome: "equal" | "variant" | "conflict"; readonly drift: readonly string[] };
  foldCluster(
    members: readonly Observation[],
    tokens: readonly Observation[],
  ): { readonly projection: Projection; readonly states: readonly FoldedState[] };
}

export interface FoldedState {
  readonly state: EventState;
  readonly reason: StateReason | null;
  readonly paymentRequestId: string | null;
}

/** The writing side of the store: one connection and what it reads bodies with. */
export interface Engine {
  readonly connection: Connection;
  readonly reading: Reading;
  /** Observations read lately. A cluster is folded at each of its arrivals, and stored bytes never change. */
  readonly recent: Map<number, Observation>;
}

export function createEngine(connection: Connection, reading: Reading): Engine {
  return { connection, reading, recent: new Map() };
}
