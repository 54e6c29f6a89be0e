import { describe, expect, it } from "vitest";
import { idsOfRow, type Known, linkRow, type NamingRow, type ReferenceCandidate } from "~/xendit/reconcile/link-row.ts";

const row: NamingRow = {
  transactionId: "txn_1",
  type: "PAYMENT",
  channel: "CARDS",
  currency: "IDR",
  amountMinor: 1_000_000,
  reference: "Order-1_a1b2c3d4-e",
  productId: null,
  paymentRequestId: null,
  captureId: null,
};
const ours: ReferenceCandidate = { paymentRequestId: "pr-1", currency: "IDR", captured: 1_000_000, refunds: [] };

function known(of: {
  ids?: Readonly<Record<string, readonly string[]>>;
  hand?: string | null;
  elsewhere?: readonly string[];
  references?: readonly ReferenceCandidate[];
}): Known {
  return {
    targetsOf: ({ id }) => of.ids?.[id] ?? [],
    otherEnvironmentOf: ({ id }) => (of.elsewhere?.includes(id) ? "live" : null),
    handOf: () => of.hand,
    byReference: (stem) => (stem === "order-1" ? (of.references ?? []) : []),
  };
}

describe("where a row belongs", () => {
  const ids = { "py-1": ["pr-1"], "cptr-1": ["pr-1"], "pr-1": ["pr-1"], "pr-2": ["pr-2"], "rfd-1": ["pr-1"] };

  it("is told by payment id, refund id, capture id and payment request id, in that order", () => {
    const all = { ...row, productId: "py-1", captureId: "cptr-1", paymentRequestId: "pr-1" };
    const by = (change: Partial<NamingRow>) => linkRow({ ...all, ...change }, known({ ids })).linkedBy;
    expect(by({})).toBe("payment_id");
    expect(by({ productId: "rfd-1" })).toBe("refund_id");
    expect(by({ productId: "py-9" })).toBe("capture_id");
    expect(by({ productId: null, captureId: null })).toBe("payment_request_id");
  });

  it("is read by the prefix of an id and not by its column", () => {
    const found = idsOfRow({ productId: "pr-1", paymentRequestId: " py-1 ", captureId: "inv-7" });
    expect(found).toEqual([
      { kind: "payment", id: "py-1" },
      { kind: "payment_request", id: "pr-1" },
    ]);
  });

  it("is a person's question when ids lead to two payments", () => {
    const link = linkRow({ ...row, productId: "py-1", paymentRequestId: "pr-2" }, known({ ids }));
    expect(link).toMatchObject({ groupKey: "txn_1", linkedBy: null, candidates: ["pr-1", "pr-2"] });
  });

  it("is a person's word before all ids, to a payment or to none", () => {
    const named = { ...row, productId: "py-1" };
    expect(linkRow(named, known({ ids, hand: "pr-2" }))).toMatchObject({ groupKey: "pr-2", linkedBy: "hand" });
    expect(linkRow(named, known({ ids, hand: null }))).toMatchObject({ groupKey: "txn_1", linkedBy: "hand" });
  });

  it("is told by reference without its suffix, currency and amount only where a row has no ids", () => {
    expect(linkRow(row, known({ references: [ours] }))).toMatchObject({ groupKey: "pr-1", linkedBy: "reference" });
    const other = linkRow({ ...row, productId: "py-9" }, known({ references: [ours] }));
    expect(other).toMatchObject({ groupKey: "py-9", linkedBy: null, sameReference: ["pr-1"] });
    const less = linkRow({ ...row, amountMinor: 999_999 }, known({ references: [ours] }));
    expect(less).toMatchObject({ groupKey: "txn_1", linkedBy: null, sameReference: ["pr-1"] });
    const wallet = linkRow({ ...row, channel: "EWALLET" }, known({ references: [ours] }));
    expect(wallet).toMatchObject({ groupKey: "txn_1", linkedBy: null, sameReference: [] });
  });

  it("is a person's question when a reference fits two payments", () => {
    const link = linkRow(row, known({ references: [{ ...ours, paymentRequestId: "pr-2" }, ours] }));
    expect(link).toMatchObject({ linkedBy: null, candidates: ["pr-1", "pr-2"] });
  });

  it("is told by the amount of a refund for rows of refunds", () => {
    const refund = { ...row, type: "REFUND", amountMinor: 400_000 };
    expect(linkRow(refund, known({ references: [ours] })).linkedBy).toBeNull();
    expect(linkRow(refund, known({ references: [{ ...ours, refunds: [400_000] }] })).linkedBy).toBe("reference");
  });

  it("is another environment where its ids are known there and not here", () => {
    const link = linkRow({ ...row, productId: "py-9" }, known({ elsewhere: ["py-9"] }));
    expect(link).toMatchObject({ groupKey: "py-9", otherEnvironment: "live" });
  });

  it("is named by the ids it has, so that rows of one unknown payment stand together", () => {
    const key = (change: Partial<NamingRow>) => linkRow({ ...row, ...change }, known({})).groupKey;
    expect(key({ productId: "py-9", paymentRequestId: "pr-9" })).toBe("pr-9");
    expect(key({ productId: "rfd-9", paymentRequestId: "pr-9" })).toBe("pr-9");
    expect(key({ productId: "py-9", captureId: "cptr-9" })).toBe("py-9");
    expect(key({})).toBe("txn_1");
  });
});
