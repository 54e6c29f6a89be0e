import { and, eq } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import type { Database } from "~/db.server.ts";
import { acceptExceptions } from "~/domain/reconciliation/accept-exceptions.server.ts";
import { assignExceptions } from "~/domain/reconciliation/assign-exceptions.server.ts";
import { commentException } from "~/domain/reconciliation/comment-exception.server.ts";
import { findException } from "~/domain/reconciliation/find-exception.server.ts";
import { linkRow } from "~/domain/reconciliation/link-row.server.ts";
import { reopenExceptions } from "~/domain/reconciliation/reopen-exceptions.server.ts";
import { unlinkRow } from "~/domain/reconciliation/unlink-row.server.ts";
import { writeOffExceptions } from "~/domain/reconciliation/write-off-exceptions.server.ts";
import { newId } from "~/lib/ids.ts";
import { signedIn } from "../factories/signed-in.ts";
import { aDesk, addPayment, addRows, aRow, chosen, deciding, groupOf, matchAll } from "./exceptions-desk.ts";

let db: Database;
beforeEach(async () => {
  db = await aDesk();
});

const everything = { environments: ["sandbox"], businessIds: null } as const;
const find = (groupKey: string) => findException(db, everything, { environment: "sandbox", groupKey });
const audited = () => db.read.select().from(db.tables.auditEntries);
const comments = async (groupKey: string) => (await find(groupKey))?.comments.map(({ text }) => text);
const strangers = { environments: ["sandbox"], businessIds: ["biz-2"] } as const;

describe("accepting", () => {
  it("resolves an exception, says who and why, and is audited", async () => {
    const answers = await acceptExceptions(db, { ...deciding(), accepted: [await chosen(db, "pr-short")] });
    expect(answers).toEqual({ done: ["pr-short"], refused: [] });
    expect(await groupOf(db, "pr-short")).toMatchObject({ class: "amount_differs", state: "resolved" });
    expect((await find("pr-short"))?.resolution).toMatchObject({
      resolution: "accepted",
      reason: "a rounding of the acquirer",
      by: "finance@desk.test",
      isOutdated: false,
    });
    expect(await comments("pr-short")).toEqual(["Accepted: a rounding of the acquirer"]);
    expect(await audited()).toMatchObject([
      { action: "reconciliation:resolve", subject: "pr-short", environment: "sandbox" },
    ]);
  });

  it("is refused once the facts are others than those shown, and an accepted one opens again by itself", async () => {
    const shown = await chosen(db, "pr-short");
    await addRows(db, [
      aRow({ transactionId: "txn_more", productId: "py-short", amountMinor: 1_000, amountRaw: "10" }),
    ]);
    await matchAll(db);
    const late = await acceptExceptions(db, { ...deciding(), accepted: [shown] });
    expect(late).toEqual({ done: [], refused: [{ groupKey: "pr-short", refusal: "changed" }] });
    expect(await audited()).toEqual([]);

    await acceptExceptions(db, { ...deciding(), accepted: [await chosen(db, "pr-lost")] });
    await addRows(db, [aRow({ transactionId: "txn_lost", productId: "py-lost", amountMinor: 1, amountRaw: "0.01" })]);
    await matchAll(db);
    expect(await groupOf(db, "pr-lost")).toMatchObject({ class: "amount_differs", state: "open" });
    expect((await find("pr-lost"))?.resolution).toMatchObject({ resolution: "accepted", isOutdated: true });
  });

  it("answers for each of several: what cannot be accepted stops none of the others", async () => {
    const equal = await chosen(db, "pr-equal");
    const gone = { ...equal, groupKey: "pr-gone" };
    const both = [await chosen(db, "pr-short"), equal, gone, await chosen(db, "pr-lost")];
    expect(await acceptExceptions(db, { ...deciding(), accepted: both })).toEqual({
      done: ["pr-short", "pr-lost"],
      refused: [
        { groupKey: "pr-equal", refusal: "needs_no_work" },
        { groupKey: "pr-gone", refusal: "absent" },
      ],
    });
    const again = await acceptExceptions(db, { ...deciding(), accepted: [await chosen(db, "pr-short")] });
    expect(again.refused).toEqual([{ groupKey: "pr-short", refusal: "not_open" }]);
  });

  it("by two people at once is done by one of them", async () => {
    const shown = await chosen(db, "pr-short");
    const answers = await Promise.all(
      ["ada@desk.test", "bo@desk.test"].map((email) =>
        acceptExceptions(db, { ...deciding({ email }), accepted: [shown] }),
      ),
    );
    expect(answers.map(({ done }) => done.length).sort()).toEqual([0, 1]);
    expect(answers.flatMap(({ refused }) => refused)).toEqual([{ groupKey: "pr-short", refusal: "not_open" }]);
    expect(await audited()).toHaveLength(1);
  });

  it("finds nothing outside the operator's businesses", async () => {
    const order = { ...deciding({ scope: strangers }), accepted: [await chosen(db, "pr-short")] };
    expect((await acceptExceptions(db, order)).refused).toEqual([{ groupKey: "pr-short", refusal: "absent" }]);
    expect(await findException(db, strangers, { environment: "sandbox", groupKey: "pr-short" })).toBeNull();
    // A row of no business is only for those who see all.
    expect(await findException(db, strangers, { environment: "sandbox", groupKey: "py-stranger" })).toBeNull();
  });
});

describe("writing off", () => {
  it("gives up the difference as it stands, within the limit, and shows it among the day's figures", async () => {
    const answers = await writeOffExceptions(db, { ...deciding(), writtenOff: [await chosen(db, "pr-short")] });
    expect(answers.done).toEqual(["pr-short"]);
    expect((await find("pr-short"))?.resolution).toMatchObject({ resolution: "written_off", amount: 5_000 });
    const { reconciliationAmounts: table } = db.tables;
    const [amounts] = await db.read.select().from(table).where(eq(table.groupKey, "pr-short"));
    expect(amounts).toMatchObject({ captured: 1_000_000, reported: 995_000, writtenOff: 5_000 });
    expect(await audited()).toMatchObject([
      { action: "reconciliation:write-off", detail: { amount: "50.00 IDR", class: "amount_differs" } },
    ]);
  });

  it("is refused above the limit, without a difference, and where the difference is not known", async () => {
    await addPayment(db, { paymentRequestId: "pr-other" });
    await addRows(db, [aRow({ transactionId: "txn_other", productId: "py-other", currency: "PHP" })]);
    await matchAll(db);
    const several = await Promise.all(["pr-lost", "pr-other"].map((one) => chosen(db, one)));
    expect(await writeOffExceptions(db, { ...deciding(), writtenOff: several })).toEqual({
      done: [],
      refused: [
        { groupKey: "pr-lost", refusal: "above_limit", detail: "The limit is 10,000.00 IDR." },
        { groupKey: "pr-other", refusal: "difference_unknown", detail: undefined },
      ],
    });
  });
});

describe("reopening", () => {
  it("makes it open again and keeps what had been decided among the comments", async () => {
    await writeOffExceptions(db, { ...deciding(), writtenOff: [await chosen(db, "pr-short")] });
    const reopened = [await chosen(db, "pr-short", "the acquirer paid it after all")];
    expect((await reopenExceptions(db, { ...deciding(), reopened })).done).toEqual(["pr-short"]);
    expect(await groupOf(db, "pr-short")).toMatchObject({ state: "open" });
    expect(await comments("pr-short")).toEqual([
      "Wrote off 50.00 IDR: a rounding of the acquirer",
      "Reopened, was written off (50.00 IDR): the acquirer paid it after all",
    ]);
    expect((await reopenExceptions(db, { ...deciding(), reopened })).refused).toEqual([
      { groupKey: "pr-short", refusal: "not_resolved" },
    ]);
  });
});

describe("assigning", () => {
  it("gives to whoever may resolve and see it, and to nobody", async () => {
    await signedIn(db, { role: "finance" });
    await signedIn(db, { role: "support" });
    await signedIn(db, { role: "finance", businessIds: ["biz-2"] });
    const people = await db.read.select().from(db.tables.operators);
    const idOf = (role: string, isLimited: boolean) =>
      people.find((one) => one.role === role && (one.businessIds !== null) === isLimited)?.operatorId ?? "";
    const assign = (assigneeId: string | null) =>
      assignExceptions(db, { ...deciding(), groupKeys: ["pr-short"], assigneeId });

    const finance = idOf("finance", false);
    expect((await assign(finance)).done).toEqual(["pr-short"]);
    expect(await groupOf(db, "pr-short")).toMatchObject({ assigneeId: finance, state: "open" });
    expect((await assign(idOf("support", false))).refused).toMatchObject([{ refusal: "assignee_unknown" }]);
    expect((await assign(idOf("finance", true))).refused).toMatchObject([{ refusal: "assignee_may_not_see" }]);
    expect((await assign(null)).done).toEqual(["pr-short"]);
    expect(await groupOf(db, "pr-short")).toMatchObject({ assigneeId: null });
  });
});

describe("a comment", () => {
  const comment = (text: string, commentId = newId("comment")) =>
    commentException(db, { ...deciding(), groupKey: "pr-short", commentId, text });

  it("is kept once however often its form is sent, and never with card data", async () => {
    const commentId = newId("comment");
    expect((await comment("asked the acquirer", commentId)).ok).toBe(true);
    expect((await comment("asked the acquirer", commentId)).ok).toBe(true);
    const pan = ["4111", "1111", "1111", "1111"].join(" ");
    expect(await comment(`card ${pan}`)).toMatchObject({ refusal: "card_number" });
    expect(await comment("the CVN is 123")).toMatchObject({ refusal: "cvn" });
    expect(await comments("pr-short")).toEqual(["asked the acquirer"]);
  });
});

describe("linking by hand", () => {
  const link = (to: string | null, of: { groupKey?: string; transactionId?: string } = {}) =>
    linkRow(db, {
      ...deciding(),
      ...{ groupKey: "py-stranger", transactionId: "txn_stranger", ...of },
      to,
      reason: "the acquirer said so",
    });

  it("takes any id of a payment in any form, moves the row there, and can be taken back", async () => {
    const linked = await link("  see “PY-lost”, order of yesterday ");
    expect(linked).toEqual({ ok: true, value: { groupKey: "pr-lost" } });
    expect(await groupOf(db, "pr-lost")).toMatchObject({ rows: 1, class: "amount_differs", difference: 1_000_000 });
    await expect(groupOf(db, "py-stranger")).rejects.toThrow("no group");
    const found = await find("pr-lost");
    expect(found?.group.notes).toContain("linked_by_hand");
    expect(found?.rows).toMatchObject([{ transactionId: "txn_stranger", link: { reason: "the acquirer said so" } }]);

    const back = await unlinkRow(db, { ...deciding(), groupKey: "pr-lost", transactionId: "txn_stranger" });
    expect(back).toEqual({ ok: true, value: { groupKey: "py-stranger" } });
    expect(await groupOf(db, "pr-lost")).toMatchObject({ rows: 0, class: "missing_in_report_overdue" });
    expect((await audited()).map(({ subject }) => subject)).toEqual(["txn_stranger", "txn_stranger"]);
  });

  it("can say that a row is of none, although its ids say otherwise", async () => {
    const parted = await link(null, { groupKey: "pr-short", transactionId: "txn_short" });
    expect(parted).toMatchObject({ ok: true, value: { groupKey: "txn_short" } });
    expect(await groupOf(db, "pr-short")).toMatchObject({ rows: 0, class: "missing_in_report_overdue" });
  });

  it("is refused with words for what is unknown, of many, here already or no longer there", async () => {
    await addPayment(db, { paymentRequestId: "pr-twin", referenceId: "ref-pr-lost" });
    expect(await link("pr-nobody")).toMatchObject({ refusal: "payment_unknown" });
    expect(await link("ref-pr-lost")).toMatchObject({ refusal: "payment_ambiguous" });
    const own = { groupKey: "pr-short", transactionId: "txn_short" };
    expect(await link("pr-short", own)).toMatchObject({ refusal: "linked_already" });
    expect(await link("pr-short", { groupKey: "pr-lost", transactionId: "txn_short" })).toMatchObject({
      refusal: "row_absent",
    });
    const never = await unlinkRow(db, { ...deciding(), ...own });
    expect(never).toMatchObject({ refusal: "not_linked" });
    expect(await audited()).toEqual([]);
  });

  it("never leads to a payment of a business the operator may not see", async () => {
    await addPayment(db, { paymentRequestId: "pr-theirs", businessId: "biz-2" });
    const scope = { environments: ["sandbox"], businessIds: ["biz-1"] } as const;
    const order = { ...deciding({ scope }), groupKey: "pr-short", transactionId: "txn_short", reason: "so they say" };
    expect(await linkRow(db, { ...order, to: "pr-theirs" })).toMatchObject({ refusal: "payment_unknown" });
    const { reconciliationLinks: table } = db.tables;
    expect(
      await db.read
        .select()
        .from(table)
        .where(and(eq(table.environment, "sandbox"))),
    ).toEqual([]);
  });
});

describe("one exception", () => {
  it("lays both sides out to the minor unit, and says why in one sentence", async () => {
    const found = await find("pr-short");
    expect(found?.sentence).toBe("Captured 10,000.00 IDR; reported 9,950.00 IDR in txn_short.");
    expect(found?.laid?.running.map(({ what, after }) => [what, after])).toEqual([
      ["Captured", 1_000_000n],
      ["Reported paid", 5_000n],
    ]);
    expect(found?.laid?.pairs).toMatchObject([
      {
        title: "Payment",
        ours: [{ id: "cptr-short" }],
        rows: [{ transactionId: "txn_short" }],
        differs: { amount: true, status: false },
      },
    ]);
    expect(found?.writeOff).toEqual({ ok: true, value: { amount: 5_000, currency: "IDR" } });
  });

  it("shows a one-sided payment as such", async () => {
    expect((await find("py-stranger"))?.laid?.pairs).toMatchObject([
      { ours: [], rows: [{ transactionId: "txn_stranger" }] },
    ]);
    expect((await find("pr-lost"))?.laid?.pairs).toMatchObject([{ ours: [{ id: "cptr-lost" }], rows: [] }]);
  });
});
