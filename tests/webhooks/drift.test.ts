import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import type { Database } from "~/db.server.ts";
import { acknowledgeDrift } from "~/domain/webhooks/drift/acknowledge-drift.server.ts";
import { driftWeight } from "~/domain/webhooks/drift/drift.ts";
import { DriftMemory } from "~/domain/webhooks/drift/drift-memory.server.ts";
import { fieldPaths, parentPath } from "~/domain/webhooks/drift/field-paths.ts";
import { followDrift } from "~/domain/webhooks/drift/follow-drift.server.ts";
import { countOpenDrift, listDrift } from "~/domain/webhooks/drift/list-drift.server.ts";
import { type Sightings, sightEvent } from "~/domain/webhooks/drift/sightings.ts";
import type { Scope } from "~/lib/scope.ts";
import { parseJsonObject } from "~/xendit/bodies/json.ts";
import { aCapture, capture } from "../factories/card-bodies.ts";
import { createTestDatabase } from "../setup/db.ts";

const everything: Scope = { environments: ["sandbox", "test", "live"], businessIds: null };
const pathsOf = (body: unknown) => fieldPaths(parseJsonObject(JSON.stringify(body)) ?? {});

/** Takes bodies of one type in turn and answers what was said, with the place of the event it was said of. */
function told(bodies: readonly unknown[], eventType = "some.event") {
  const known: Sightings = new Map();
  return bodies.flatMap((body, place) =>
    sightEvent(known, { eventType, eventId: `evt_${place}`, at: place, paths: pathsOf(body) }).found.map(
      ({ kind, path, detail }) => [place, kind, path, detail],
    ),
  );
}
const times = <Value>(count: number, value: Value): Value[] => Array.from({ length: count }, () => value);

describe("the fields of a body", () => {
  it("are named by their path, items of a list together", () => {
    const paths = pathsOf({ event: "x", data: { captures: [{ n: 1 }, { n: "1", m: null }], metadata: { order: 7 } } });
    expect([...paths].map(([path, types]) => [path, [...types].join(" ")])).toEqual([
      ["event", "string"],
      ["data", "object"],
      ["data.captures", "array"],
      ["data.captures[]", "object"],
      ["data.captures[].n", "number string"],
      ["data.captures[].m", "null"],
      ["data.metadata", "object"],
    ]);
  });

  it("never hold what somebody wrote into a key", () => {
    expect([...pathsOf({ "jane@example.com": 1, "0b1d": { a: 1 } }).keys()]).toEqual(["*", "*.a"]);
  });

  it("know what they stand in, whatever the body", () => {
    fc.assert(
      fc.property(fc.object({ maxDepth: 4 }), (body) => {
        const paths = pathsOf(body);
        for (const path of paths.keys()) {
          const parent = parentPath(path);
          expect(parent === "" || paths.has(parent)).toBe(true);
        }
      }),
    );
  });
});

describe("drift", () => {
  it("is silent while it learns what events of a type look like", () => {
    expect(told([...times(49, { a: 1 }), { a: 1, b: 2 }])).toEqual([]);
    expect(told(Array.from({ length: 50 }, (_, at) => ({ [`f${at}`]: at })))).toEqual([]);
  });

  it("says once that a field is new, and not again of what lies inside it", () => {
    const after = { a: 1, b: { c: [{ d: 1 }] } };
    expect(told([...times(50, { a: 1 }), after, after, { a: 1 }, after])).toEqual([[50, "new", "b", "object"]]);
  });

  it("does not call new what Xendit documents, or what is the merchant's own", () => {
    const plain = { event: "payment.capture", data: { status: "SUCCEEDED", metadata: {} } };
    const more = { ...plain, data: { ...plain.data, payment_details: { remark: "x" }, metadata: { mine: 1 } } };
    expect(told([...times(60, plain), more], "payment.capture")).toEqual([]);
    const surprise = { ...plain, data: { ...plain.data, payment_details: { risk_score: 4 } } };
    expect(told([...times(60, plain), more, surprise], "payment.capture")).toEqual([
      [61, "new", "data.payment_details.risk_score", "number"],
    ]);
  });

  it("says that a field of nearly all events is gone when fifty in a row came without it", () => {
    const [full, less] = [{ a: 1, b: { c: 1, d: 1 } }, { a: 1 }];
    expect(told([...times(200, full), ...times(49, less), full, ...times(49, less)])).toEqual([]);
    expect(told([...times(200, full), ...times(80, less)])).toEqual([[249, "vanished", "b", "200 of 200"]]);
    expect(told([...times(180, full), ...times(20, less), ...times(80, less)])).toEqual([]);
  });

  it("does not miss a part of what is itself not there", () => {
    const [full, less] = [{ a: { b: 1 } }, { a: null }];
    expect(told([...times(200, full), ...times(80, less)])).toEqual([]);
  });

  it("keeps still about fields that come and go by their nature", () => {
    const details = (a_res: unknown) => ({ event: "payment.capture", data: { payment_details: { a_res } } });
    const [young, old] = [details({ authentication_value: "AAIB", eci: "05" }), details({ eci: "05" })];
    expect(told([...times(220, young), ...times(80, old)], "payment.other")).toEqual([]);
    const [failed, other] = [{ data: { failure_code: "X", status: "F" } }, { data: { status: "F" } }];
    expect(told([...times(220, failed), ...times(80, other)], "payment.failure")).toEqual([]);
  });

  it("says once that a field has another type, quietly when it is a number written as a text", () => {
    const found = told([...times(50, { a: 1, b: "x", c: null }), { a: "1", b: 2, c: 3 }, { a: "1", b: 2, c: 3 }]);
    expect(found).toEqual([
      [50, "type", "a", "number > string"],
      [50, "type", "b", "string > number"],
    ]);
    expect(driftWeight({ kind: "type", detail: "number > string" })).toBe("quiet");
    expect(driftWeight({ kind: "type", detail: "object > string" })).toBe("look");
  });
});

describe("the follower", () => {
  let db: Database;
  beforeEach(async () => {
    db = await createTestDatabase();
  });
  const notices = async () => {
    const { driftNotices } = db.tables;
    return db.read
      .select({ path: driftNotices.path, kind: driftNotices.kind, eventId: driftNotices.eventId })
      .from(driftNotices);
  };
  async function catchUp(memory = new DriftMemory(db)) {
    while (await followDrift(db, memory, new Date(1)));
  }
  const surprise = (number: number) => aCapture({ number, data: { risk_score: 7 } });

  it("says a thing once, however often it is started again", async () => {
    for (let number = 1; number <= 55; number++) await capture(db, aCapture({ number }));
    await catchUp();
    const { eventId } = await capture(db, surprise(56));
    await catchUp();
    await catchUp();
    await capture(db, surprise(57));
    await catchUp();
    expect(await notices()).toEqual([{ path: "data.risk_score", kind: "new", eventId }]);
  });

  it("knows after a restart what it knew before", async () => {
    for (let number = 1; number <= 45; number++) await capture(db, aCapture({ number }));
    await catchUp();
    for (let number = 46; number <= 90; number++)
      await capture(db, number === 60 ? surprise(number) : aCapture({ number }));
    await catchUp();
    expect(await notices()).toHaveLength(1);
    const { fieldSightings } = db.tables;
    const rows = await db.read.select().from(fieldSightings);
    expect(rows.find(({ path }) => path === "")).toMatchObject({ count: 90, type: "object" });
    expect(rows.find(({ path }) => path === "data.risk_score")).toMatchObject({ count: 1, absentFor: 30 });
  });

  it("leaves a notice that one operator acknowledges, once, and only where it is theirs", async () => {
    for (let number = 1; number <= 50; number++) await capture(db, aCapture({ number }));
    await capture(db, aCapture({ number: 51, data: { email: "jane@example.com" } }));
    await catchUp();
    const count = (scope: Scope) => countOpenDrift(db, scope, { environment: "sandbox" });
    const [notice] = await listDrift(db, everything, { environment: "sandbox" });
    expect(notice).toMatchObject({ path: "data.email", kind: "new", example: "[redacted]", acknowledgedAt: null });
    const theirs = { environments: ["sandbox"], businessIds: ["another"] } as const;
    expect([await count(everything), await count(theirs)]).toEqual([1, 0]);
    const noticeId = notice?.noticeId ?? "";
    const acknowledge = (scope: Scope) =>
      acknowledgeDrift(db, { noticeId, operator: { operatorId: "op_1", email: "a@b.c", scope }, now: new Date(9) });
    expect(await acknowledge(theirs)).toBe("absent");
    expect(await acknowledge(everything)).toBe("acknowledged");
    expect(await acknowledge(everything)).toBe("absent");
    expect(await count(everything)).toBe(0);
    const { auditEntries } = db.tables;
    expect(await db.read.select({ action: auditEntries.action }).from(auditEntries)).toEqual([
      { action: "drift:acknowledge" },
    ]);
  });

  it("passes over what is no JSON", async () => {
    await capture(db, "not json");
    await capture(db, aCapture());
    await catchUp();
    const { fieldSightings } = db.tables;
    const types = await db.read.selectDistinct({ eventType: fieldSightings.eventType }).from(fieldSightings);
    expect(types).toEqual([{ eventType: "payment.capture" }]);
  });
});
