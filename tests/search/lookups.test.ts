import { beforeEach, describe, expect, it } from "vitest";
import type { Database } from "~/db.server.ts";
import { forgetLookups, KEPT_LOOKUPS, listLookups, rememberLookup } from "~/domain/search/lookups.server.ts";
import type { Scope } from "~/lib/scope.ts";
import { loader } from "~/routes/search._index.tsx";
import { aPaymentRequest, insertIdentifiers, insertPaymentRequests, NOON } from "../factories/list-rows.ts";
import { responseOf, signedIn } from "../factories/signed-in.ts";
import { createTestDatabase } from "../setup/db.ts";

const scope: Scope = { environments: ["sandbox"], businessIds: null };
const operatorId = "op_1";

describe("recent look-ups", () => {
  let db: Database;
  const numbers = Array.from({ length: KEPT_LOOKUPS + 3 }, (_, index) => index);
  const remember = (number: number, at = NOON + number, who = operatorId) =>
    rememberLookup(db, scope, {
      operatorId: who,
      target: { kind: "payment", environment: "sandbox", id: `pr-${number}` },
      now: new Date(at),
    });
  const ids = async (within = scope, who = operatorId) =>
    (await listLookups(db, within, { operatorId: who })).map(({ id }) => id);

  beforeEach(async () => {
    db = await createTestDatabase();
    await insertPaymentRequests(
      db,
      numbers.map((number) => aPaymentRequest({ paymentRequestId: `pr-${number}` })),
    );
  });

  it("are the last twenty, latest first, each once", async () => {
    for (const number of numbers) await remember(number);
    await remember(5, NOON + 1000);
    const newest = numbers.filter((number) => number !== 5).reverse();
    expect(await ids()).toEqual(["pr-5", ...newest.slice(0, KEPT_LOOKUPS - 1).map((number) => `pr-${number}`)]);
    const { lookups } = db.tables;
    expect(await db.read.select({ label: lookups.label }).from(lookups)).toEqual(
      Array(KEPT_LOOKUPS).fill({ label: "10,000.00 IDR" }),
    );
  });

  it("are the operator's own, within their present reach, and gone once forgotten", async () => {
    await remember(1);
    await remember(2, NOON, "op_2");
    expect(await ids()).toEqual(["pr-1"]);
    expect(await ids({ environments: ["test"], businessIds: null })).toEqual([]);
    expect(await ids({ environments: ["sandbox"], businessIds: ["another"] })).toEqual([]);
    await forgetLookups(db, { operatorId });
    expect(await ids()).toEqual([]);
    expect(await ids(scope, "op_2")).toEqual(["pr-2"]);
  });

  it("keep nothing that is not there", async () => {
    await remember(999);
    expect(await ids()).toEqual([]);
  });

  it("are kept where a search lands, but not by a page fetched in advance", async () => {
    const row = { environment: "sandbox", value: "pr-1", kind: "payment_request", target: "pr-1" } as const;
    await insertIdentifiers(db, [{ ...row, businessId: "biz-1" }]);
    const open = await signedIn(db);
    const { lookups } = db.tables;
    const kept = async () => (await db.read.select({ target: lookups.target }).from(lookups)).map((one) => one.target);

    const ahead = open("/search?q=PR-1", {}, { headers: { "Sec-Purpose": "prefetch" } });
    expect((await responseOf(loader(ahead))).headers.get("Location")).toBe("/payments/pr-1?environment=sandbox");
    expect(await kept()).toEqual([]);
    await responseOf(loader(open("/search?q=PR-1")));
    expect(await kept()).toEqual(["pr-1"]);
  });
});
