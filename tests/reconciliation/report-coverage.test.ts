import { beforeEach, describe, expect, it } from "vitest";
import type { Database } from "~/db.server.ts";
import { isDayReported } from "~/domain/reconciliation/report-coverage.server.ts";
import type { BusinessDay } from "~/lib/time.ts";
import { loader as dayLoader } from "~/routes/reconciliation.days.$day.tsx";
import { loader as exceptionLoader } from "~/routes/reconciliation.exceptions.$groupKey.tsx";
import { signedIn } from "../factories/signed-in.ts";
import { createTestDatabase } from "../setup/db.ts";
import { book, bookReport } from "./books.ts";

const everything = { environments: ["sandbox", "test"] as const, businessIds: null };
const day = "2026-03-10" as BusinessDay;
const zone = "Asia/Jakarta";
const asked = { environment: "sandbox", day, zone } as const;

let db: Database;
beforeEach(async () => {
  db = await createTestDatabase();
});

const read = (from: string, to: string, rest: { state?: "imported" | "refused"; environment?: "test" } = {}) =>
  bookReport(db, { from: Date.parse(from), to: Date.parse(to), ...rest });

describe("a day of the accounting zone", () => {
  it.each([
    ["around it", "2026-03-01T00:00:00Z", "2026-03-31T00:00:00Z", true],
    ["that ends in its first second", "2026-03-01T00:00:00Z", "2026-03-09T17:00:00Z", true],
    ["that begins in its last second", "2026-03-10T16:59:59Z", "2026-03-31T00:00:00Z", true],
    ["of a moment of it", "2026-03-10T05:00:00Z", "2026-03-10T05:00:00Z", true],
    ["that ends before it", "2026-03-01T00:00:00Z", "2026-03-09T16:59:59Z", false],
    ["that begins after it", "2026-03-10T17:00:00Z", "2026-03-31T00:00:00Z", false],
  ])("with a report %s", async (_, from, to, isReported) => {
    await read(from, to);
    expect(await isDayReported(db, everything, asked)).toBe(isReported);
  });

  it("is covered neither by a report that was refused nor by one of another environment", async () => {
    await read("2026-03-01T00:00:00Z", "2026-03-31T00:00:00Z", { state: "refused" });
    await read("2026-03-01T00:00:00Z", "2026-03-31T00:00:00Z", { environment: "test" });
    expect(await isDayReported(db, everything, asked)).toBe(false);
  });

  it("is not spoken of to operators of some businesses or of other environments", async () => {
    expect(await isDayReported(db, { ...everything, businessIds: ["biz-1"] }, asked)).toBeNull();
    expect(await isDayReported(db, { ...everything, environments: ["test"] }, asked)).toBeNull();
  });
});

describe("pages", () => {
  const onDay = async () => {
    const person = await signedIn(db, { role: "finance" });
    const args = person(`/reconciliation/days/${day}`, { day }) as Parameters<typeof dayLoader>[0];
    return (await dayLoader(args)).page.isReported;
  };
  const onException = async (groupKey: string) => {
    const person = await signedIn(db, { role: "finance" });
    const args = person("/x", { groupKey }) as Parameters<typeof exceptionLoader>[0];
    return (await exceptionLoader(args)).isReported;
  };

  it("say of an open day whether a report covers it", async () => {
    await book(db, { groupKey: "pr-1", day }, { captured: 1_000 });
    expect(await onDay()).toBe(false);
    await read("2026-03-01T00:00:00Z", "2026-03-31T00:00:00Z");
    expect(await onDay()).toBe(true);
  });

  it("say it of what no report names, and of nothing else", async () => {
    await book(db, { groupKey: "pr-1", day, class: "missing_in_report_overdue" }, { captured: 1_000 });
    await book(db, { groupKey: "pr-2", day, class: "amount_differs" }, { captured: 1_000, reported: 900 });
    expect(await onException("pr-1")).toBe(false);
    expect(await onException("pr-2")).toBeNull();
    await read("2026-03-01T00:00:00Z", "2026-03-31T00:00:00Z");
    expect(await onException("pr-1")).toBe(true);
  });
});
