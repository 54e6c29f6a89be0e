import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { foldCluster } from "../../app/xendit/fold.ts";
import type { Observation, StoredObservation } from "../../app/xendit/observation.ts";
import type { Projection } from "../../app/xendit/projection.ts";
import { readObservation } from "../../app/xendit/read-observation.ts";
import { arrivals, retried, storedObservation, storedObservations } from "./arbitraries.ts";

const RUNS = { numRuns: 300 };
// A busy machine takes its time; a property that fails says so long before.
vi.setConfig({ testTimeout: 60_000 });

describe("the fold of any set of observations", () => {
  it("is the same for every order, and however often each arrives in other bytes", () => {
    fc.assert(
      fc.property(arrivals, ({ set, again }) => {
        expect(projectionOf(again)).toEqual(projectionOf(set));
      }),
      RUNS,
    );
  });

  it("gives every event the same state in every order", () => {
    fc.assert(
      fc.property(arrivals, ({ set, again }) => {
        expect(statesByKey(again)).toEqual(statesByKey(set));
      }),
      RUNS,
    );
  });

  it("of unconnected sets is the union of their folds, so that folding one component is enough", () => {
    fc.assert(
      fc.property(storedObservations, (set) => {
        const observations = set.map(readObservation);
        const parts = componentsOf(observations).map((part) => foldCluster(part, tokensIn(observations)).projection);
        expect(sorted(merged(parts))).toEqual(sorted(projectionOf(set)));
      }),
      RUNS,
    );
  });

  it("counts every capture once and never adds to it by repetition", () => {
    fc.assert(
      fc.property(storedObservations, (set) => {
        const { captures, payments } = projectionOf([...set, ...set.map(retried)]);
        expect(new Set(captures.map((capture) => capture.captureId)).size).toBe(captures.length);
        for (const payment of payments.filter((row) => row.capturedItemised && row.capturedMinor !== null)) {
          const own = captures.filter((capture) => capture.paymentId === payment.paymentId);
          expect(payment.capturedMinor).toBe(own.reduce((sum, capture) => sum + (capture.amountMinor ?? 0), 0));
        }
      }),
      RUNS,
    );
  });

  it("has one row per id", () => {
    fc.assert(
      fc.property(storedObservations, (set) => {
        const projection = projectionOf(set);
        const keys = [
          ...projection.sessions.map((row) => row.paymentSessionId),
          ...projection.paymentRequests.map((row) => row.paymentRequestId),
          ...projection.payments.map((row) => row.paymentId),
          ...projection.captures.map((row) => row.captureId),
          ...projection.refunds.map((row) => row.refundId),
          ...projection.disputes.map((row) => row.disputeId),
          ...projection.identifiers.map((row) => `${row.kind} ${row.value} ${row.target}`),
        ];
        expect(new Set(keys).size).toBe(keys.length);
      }),
      RUNS,
    );
  });

  it("never takes a success back when more is heard", () => {
    fc.assert(
      fc.property(storedObservations, storedObservation, (set, more) => {
        const before = projectionOf(set).payments.filter((row) => row.status === "SUCCEEDED");
        const after = projectionOf([...set, more]).payments;
        for (const { paymentId } of before) {
          expect(after.find((row) => row.paymentId === paymentId)?.status).toBe("SUCCEEDED");
        }
      }),
      RUNS,
    );
  });
});

describe("a retry in other bytes", () => {
  it("has the key and the content of what it repeats", () => {
    fc.assert(
      fc.property(storedObservation, (stored) => {
        const [first, second] = [readObservation(stored), readObservation(retried(stored))];
        expect(second.dedupeKey).toBe(first.dedupeKey);
        expect(second.contentDigest).toBe(first.contentDigest);
      }),
      RUNS,
    );
  });
});

function projectionOf(set: readonly StoredObservation[]): Projection {
  const observations = set.map(readObservation);
  return foldCluster(observations, tokensIn(observations)).projection;
}

function tokensIn(observations: readonly Observation[]): readonly Observation[] {
  return observations.filter((observation) => observation.kind === "token");
}

function statesByKey(set: readonly StoredObservation[]): Record<string, string> {
  const observations = set.map(readObservation);
  const { states } = foldCluster(observations, []);
  return Object.fromEntries(
    observations.map((one, at) => [
      `${one.source} ${one.subject} ${one.dedupeKey} ${one.contentDigest}`,
      JSON.stringify(states[at]),
    ]),
  );
}

/** Connected over `links`, as the store collects them. */
function componentsOf(observations: readonly Observation[]): readonly (readonly Observation[])[] {
  let components: { links: Set<string>; members: Observation[] }[] = [];
  for (const observation of observations) {
    const touching = components.filter((one) => observation.links.some((link) => one.links.has(link)));
    const joined = {
      links: new Set([...observation.links, ...touching.flatMap((one) => [...one.links])]),
      members: [observation, ...touching.flatMap((one) => one.members)],
    };
    components = [...components.filter((one) => !touching.includes(one)), joined];
  }
  return components.map((one) => one.members);
}

function merged(projections: readonly Projection[]): Projection {
  return {
    sessions: projections.flatMap((one) => one.sessions),
    paymentRequests: projections.flatMap((one) => one.paymentRequests),
    payments: projections.flatMap((one) => one.payments),
    captures: projections.flatMap((one) => one.captures),
    refunds: projections.flatMap((one) => one.refunds),
    disputes: projections.flatMap((one) => one.disputes),
    identifiers: projections.flatMap((one) => one.identifiers),
  };
}

function sorted(projection: Projection): Record<string, readonly string[]> {
  return Object.fromEntries(
    Object.entries(projection).map(([name, rows]) => [
      name,
      (rows as readonly unknown[]).map((row) => JSON.stringify(row)).sort(),
    ]),
  );
}
