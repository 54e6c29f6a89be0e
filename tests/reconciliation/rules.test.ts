import { beforeEach, describe, expect, it } from "vitest";
import type { Database, Role } from "~/db.server.ts";
import { ROLES } from "~/domain/operators/permissions.ts";
import { readAccountingZone } from "~/domain/reconciliation/accounting-zone.server.ts";
import { findRules } from "~/domain/reconciliation/change-rules.server.ts";
import { areSameRules, parseRules, valuesOf } from "~/domain/reconciliation/rules-form.ts";
import type { FieldValues } from "~/lib/form.ts";
import { action, loader } from "~/routes/reconciliation.rules.tsx";
import { defaultRules } from "~/xendit/reconcile/rules.ts";
import { aCapture, capture } from "../factories/card-bodies.ts";
import { responseOf, signedIn } from "../factories/signed-in.ts";
import { createTestDatabase } from "../setup/db.ts";

const standing = defaultRules("sandbox");

function formOf(values: FieldValues): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(values)) form.set(name, value);
  return form;
}

const parse = (change: FieldValues = {}) => parseRules(formOf({ ...valuesOf(standing), ...change }), standing);

describe("the rules as a form", () => {
  it("come back as they went out", () => {
    for (const environment of ["sandbox", "live"] as const) {
      const rules = defaultRules(environment);
      const parsed = parseRules(formOf(valuesOf(rules)), rules);
      expect(parsed.ok && areSameRules(parsed.rules, rules)).toBe(true);
    }
  });

  it("take what was changed, and leave out what was emptied", () => {
    const parsed = parse({
      "fee-0-percent": " 2.50 ",
      "fee-1-percent": "",
      "fee-1-fixed": "",
      "vat-MY": "",
      "limit-USD": "",
      "terms-VN-days": "",
      holidays: "2026-12-25\n2026-12-25, 2026-01-01",
      feeTolerance: "2",
    });
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
    expect(parsed.rules.fees).toHaveLength(6);
    expect(parsed.rules.fees[0]).toEqual({ channel: "CARDS", currency: "IDR", percent: "2.5", fixed: "2000" });
    expect(parsed.rules.vatPercent).not.toHaveProperty("MY");
    expect(parsed.rules.writeOffLimits).not.toHaveProperty("USD");
    expect(parsed.rules.terms).not.toHaveProperty("VN");
    expect(parsed.rules.holidays).toEqual(["2026-01-01", "2026-12-25"]);
    expect(parsed.rules.feeTolerance).toBe(2);
  });

  it.each([
    ["fee-0-percent", "101", "percentage"],
    ["fee-0-percent", "1e-9", "percentage"],
    ["fee-0-fixed", "20.005", "IDR"],
    ["fee-0-fixed", "-1", "IDR"],
    ["fee-0-currency", "EUR", "currency"],
    ["fee-0-channel", "cards; drop", "channel"],
    ["fee-1-currency", "IDR", "the first one counts"],
    ["feeTolerance", "1.5", "whole number"],
    ["vat-ID", "eleven", "percentage"],
    ["terms-ID-days", "61", "whole number"],
    ["terms-ID-kind", "lunar", "which days"],
    ["terms-other-days", "", "whole number"],
    ["holidays", "2026-02-30", "2026-02-30"],
    ["limit-VND", "0.5", "VND"],
  ])("refuse %s = %j beside its field, and keep what was typed", (name, value, words) => {
    const parsed = parse({ [name]: value });
    expect(parsed.ok).toBe(false);
    if (parsed.ok) return;
    expect(Object.values(parsed.errors).join(" ")).toContain(words);
    expect(Object.keys(parsed.errors)).toEqual([name === "fee-1-currency" ? "fee-1-channel" : name]);
    expect(parsed.values[name]).toBe(value);
  });
});

let db: Database;
beforeEach(async () => {
  db = await createTestDatabase();
});

async function send(
  fields: FieldValues,
  { role = "admin" as Role, businessIds = null as null | readonly string[] } = {},
) {
  const person = await signedIn(db, { role, businessIds });
  const args = person("/reconciliation/rules", {}, { method: "POST", body: formOf(fields) });
  let rings = 0;
  args.context.signals.on("reconciliation", () => {
    rings += 1;
  });
  const answered = action(args as Parameters<typeof action>[0]);
  const response = await responseOf(answered.then((one) => Promise.reject(one)));
  return { status: response.status, rings, body: response.status === 302 ? null : await response.text() };
}

const changed = { ...valuesOf(standing), "fee-0-percent": "2.5", seen: "" };
const audited = () => db.read.select().from(db.tables.auditEntries);

describe("changing the rules", () => {
  it("shows first what would come of it, and changes nothing by that", async () => {
    const body = aCapture();
    await capture(db, body);
    await db.match({ environment: "sandbox", now: Date.parse("2024-12-19T00:00:00Z") });
    // By now its settlement is long overdue; without terms of its country it would have been so as well.
    const answer = await send({ ...changed, intent: "preview" });
    expect(answer).toMatchObject({ status: 200, rings: 0 });
    const { preview, values } = JSON.parse(answer.body ?? "");
    expect(values["fee-0-percent"]).toBe("2.5");
    expect(preview).toMatchObject({ groups: 1, noLongerMatched: { count: 1 }, newlyMatched: { count: 0 } });
    expect(preview.noLongerMatched.named).toMatchObject([
      { groupKey: body.data.payment_request_id, after: "missing_in_report_overdue" },
    ]);
    expect((await findRules(db, "sandbox")).changedAt).toBeNull();
    expect(await audited()).toEqual([]);
  });

  it("names what stays unmatched whatever the rules", async () => {
    const body = aCapture();
    await capture(db, body);
    await db.match({ environment: "sandbox", now: Date.now() });
    const { body: text } = await send({ ...changed, intent: "preview" });
    expect(JSON.parse(text ?? "").preview).toMatchObject({
      noLongerMatched: { count: 0 },
      stillUnmatched: { count: 1, named: [{ groupKey: body.data.payment_request_id }] },
    });
  });

  it("is done once confirmed, with before and after in the audit trail, and everything is matched anew", async () => {
    expect(await send({ ...changed, intent: "confirm" })).toMatchObject({ status: 302, rings: 1 });
    expect((await findRules(db, "sandbox")).rules.fees[0]?.percent).toBe("2.5");
    expect((await findRules(db, "test")).changedAt).toBeNull();
    const [entry] = await audited();
    expect(entry).toMatchObject({ action: "reconciliation:rules", environment: "sandbox" });
    expect(entry?.detail).toMatchObject({
      before: { fees: expect.arrayContaining([expect.objectContaining({ percent: "2.9" })]) },
      after: { fees: expect.arrayContaining([expect.objectContaining({ percent: "2.5" })]) },
    });
  });

  it("is refused when somebody else changed them since they were looked at, and when nothing differs", async () => {
    await send({ ...changed, intent: "confirm" });
    const late = await send({ ...changed, "fee-0-percent": "2.4", intent: "confirm" });
    expect(late).toMatchObject({ status: 400, rings: 0 });
    expect(late.body).toContain("Somebody else");
    expect((await send({ ...changed, intent: "preview" })).body).toContain("the rules already");
    expect(await audited()).toHaveLength(1);
  });

  it.each(ROLES.filter((role) => role !== "admin"))("is not for %s", async (role) => {
    for (const intent of ["preview", "confirm", "zone", "journal-accounts"]) {
      expect((await send({ ...changed, intent }, { role })).status).toBe(403);
    }
    expect(await audited()).toEqual([]);
  });

  it("is not for whoever sees some businesses only", async () => {
    for (const intent of ["preview", "confirm"]) {
      expect((await send({ ...changed, intent }, { businessIds: ["biz-1"] })).status).toBe(400);
    }
    expect(await send({ intent: "zone", zone: "UTC" }, { businessIds: ["biz-1"] })).toMatchObject({ status: 400 });
    expect(await audited()).toEqual([]);
  });
});

describe("the accounting zone", () => {
  it("is changed while no day is closed, and rings a whole match", async () => {
    expect(await send({ intent: "zone", zone: "Asia/Manila" })).toMatchObject({ status: 302, rings: 1 });
    expect(await readAccountingZone(db)).toBe("Asia/Manila");
    expect(await audited()).toMatchObject([
      { action: "settings:write", detail: { before: "Asia/Jakarta", after: "Asia/Manila" } },
    ]);
    expect(await send({ intent: "zone", zone: "Mars/Olympus" })).toMatchObject({ status: 400, rings: 0 });
  });
});

describe("the rules page", () => {
  it.each(ROLES)("%s reads it, or is turned away", async (role) => {
    const person = await signedIn(db, { role });
    const work = loader(person("/reconciliation/rules") as Parameters<typeof loader>[0]);
    if (role === "merchant") expect((await responseOf(work)).status).toBe(403);
    else expect((await work).can.change).toBe(role === "admin");
  });
});
