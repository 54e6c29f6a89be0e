import { beforeEach, describe, expect, it } from "vitest";
import type { Database } from "~/db.server.ts";
import { readOverview } from "~/domain/overview/overview-queries.server.ts";
import { countRail } from "~/domain/overview/rail-counts.server.ts";
import type { Environment } from "~/lib/environment.ts";
import { HOUR } from "~/lib/time.ts";
import { aPaymentRequest, insertPaymentRequests } from "../factories/list-rows.ts";
import { createTestDatabase } from "../setup/db.ts";

const now = Date.parse("2026-03-10T12:20:00Z");
const thisHour = Date.parse("2026-03-10T12:00:00Z");
const everyone = { environments: ["sandbox", "test", "live"], businessIds: null } as const;

type Count = Database["tables"]["hourlyCounts"]["$inferInsert"];

function aCount(fields: Partial<Count>): Count {
  return {
    environment: "sandbox",
    businessId: "biz-1",
    hour: thisHour,
    currency: "IDR",
    dimension: "status",
    code: "SUCCEEDED",
    count: 1,
    capturedMinor: 0,
    ...fields,
  };
}

describe("the overview", () => {
  let db: Database;

  beforeEach(async () => {
    db = await createTestDatabase();
  });

  async function count(...counts: Partial<Count>[]): Promise<void> {
    const { hourlyCounts } = db.tables;
    await db.write(counts.map((one) => ({ query: db.read.insert(hourlyCounts).values(aCount(one)), rows: 1 })));
  }
  const read = (environment: Environment = "sandbox", scope: Parameters<typeof readOverview>[1] = everyone) =>
    readOverview(db, scope, { environment, range: "24h", zone: "UTC", now });

  it("counts payments by hour and outcome", async () => {
    await count({ count: 8 }, { code: "FAILED", count: 2 }, { hour: thisHour - HOUR, code: "PENDING", count: 1 });
    const overview = await read();
    expect(overview.counts).toEqual({ approved: 8, failed: 2, waiting: 1, ended: 0 });
    expect(overview.buckets.at(-1)?.counts).toMatchObject({ approved: 8, failed: 2 });
    expect(overview.buckets.at(-2)?.counts).toMatchObject({ waiting: 1 });
    expect(overview.statuses).toMatchObject({ approved: ["SUCCEEDED"], failed: ["FAILED"], waiting: ["PENDING"] });
  });

  it("leaves out what is outside the range", async () => {
    await count({ hour: thisHour - 23 * HOUR }, { hour: thisHour - 24 * HOUR }, { hour: thisHour + HOUR });
    expect((await read()).total).toBe(1);
  });

  it("never mixes environments", async () => {
    await count({ count: 1 }, { environment: "test", count: 10 }, { environment: "live", count: 100 });
    expect((await read("sandbox")).total).toBe(1);
    expect((await read("test")).total).toBe(10);
  });

  it("shows an operator the businesses of their scope, and no environment outside it", async () => {
    await count({ count: 1 }, { businessId: "biz-2", count: 10 }, { businessId: "", count: 100 });
    const own = { environments: ["sandbox"], businessIds: ["biz-2"] } as const;
    expect((await read("sandbox", own)).total).toBe(10);
    expect((await read("sandbox", { ...own, businessIds: [] })).total).toBe(0);
    expect((await read("sandbox", { environments: ["test"], businessIds: null })).total).toBe(0);
  });

  it("sums captured money for each currency by itself, to the last digit", async () => {
    await count(
      { capturedMinor: 9_007_199_254_740_991 },
      { hour: thisHour - HOUR, capturedMinor: 9_007_199_254_740_991 },
      { currency: "PHP", capturedMinor: 1_050 },
    );
    expect((await read()).takings).toEqual([
      { currency: "IDR", captured: "18014398509481982" },
      { currency: "PHP", captured: "1050" },
    ]);
  });

  it("says how many payments no total holds", async () => {
    await insertPaymentRequests(db, [
      aPaymentRequest({ paymentRequestId: "pr-1", createdAt: thisHour, capturedMinor: null }),
      aPaymentRequest({ paymentRequestId: "pr-2", createdAt: thisHour }),
      aPaymentRequest({ paymentRequestId: "pr-3", createdAt: thisHour - 48 * HOUR, capturedMinor: null }),
    ]);
    expect((await read()).unknownAmounts).toBe(1);
  });

  it("tells the mix of results by code, the most frequent first, blanks among them", async () => {
    await count(
      { dimension: "eci", code: "05", count: 3 },
      { dimension: "eci", code: "", count: 5 },
      { dimension: "cvn", code: "M", count: 8 },
      { dimension: "decline", code: "EXPIRED_CARD", count: 2 },
      { dimension: "decline", code: "DECLINED_BY_ISSUER", count: 4 },
    );
    const { mixes, declines, total } = await read();
    expect(mixes.eci).toEqual([
      { code: "", count: 5 },
      { code: "05", count: 3 },
    ]);
    expect(mixes.cvn).toEqual([{ code: "M", count: 8 }]);
    expect(declines.map((one) => one.code)).toEqual(["DECLINED_BY_ISSUER", "EXPIRED_CARD"]);
    expect(total).toBe(0);
  });

  it("reads the long ranges as it reads the short ones", async () => {
    await count({ count: 3 }, { hour: thisHour - 89 * 24 * HOUR, count: 4 });
    const overview = await readOverview(db, everyone, { environment: "sandbox", range: "90d", zone: "UTC", now });
    expect(overview.total).toBe(7);
    expect(overview.buckets).toHaveLength(90);
  });

  it("shows no quarantine to who may not see the environment", async () => {
    const scope = { environments: ["test"], businessIds: null } as const;
    expect(await countRail(db, scope, { environment: "sandbox", now })).toEqual({
      quarantined: 0,
      missing: 0,
      drift: 0,
      exceptions: 0,
    });
  });

  it("calls for work while an event is in quarantine and nobody set it aside", async () => {
    await db.capture({
      environment: "sandbox",
      bytes: new TextEncoder().encode("not json"),
      headers: [],
      webhookId: null,
      tokenLabel: null,
      address: null,
      replayHeader: null,
      receivedAt: now,
    });
    expect(await countRail(db, everyone, { environment: "sandbox", now })).toEqual({
      quarantined: 1,
      missing: 0,
      drift: 0,
      exceptions: 0,
    });
    const { events } = db.tables;
    await db.write([{ query: db.read.update(events).set({ setAsideAt: now }), rows: 1 }]);
    expect(await countRail(db, everyone, { environment: "sandbox", now })).toEqual({
      quarantined: 0,
      missing: 0,
      drift: 0,
      exceptions: 0,
    });
  });
});
