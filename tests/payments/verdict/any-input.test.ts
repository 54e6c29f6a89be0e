import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SHOPPER_SAYS } from "~/domain/payments/verdict/shopper.ts";
import { paymentVerdict, verdictText } from "~/domain/payments/verdict/verdict.ts";
import { verificationOf } from "~/domain/payments/verdict/verification.ts";
import { failureTable, RETRY_ADVICE } from "~/xendit/codes/failure.ts";
import { responseTable } from "~/xendit/codes/response.ts";
import { FLAGS } from "~/xendit/projection.ts";
import { aJudged, reader } from "./judged.ts";

/** Anything, and what is likely: known codes reach the rules that random text never would. */
const text = (...known: readonly string[]) =>
  fc.option(fc.oneof(fc.string(), fc.constantFrom("stolen", "constructor", "__proto__", " ", ...known)));
const amount = fc.option(fc.integer({ min: -1, max: Number.MAX_SAFE_INTEGER }));
const instant = fc.option(fc.integer({ min: 0, max: 4_102_444_800_000 }));
const statuses = ["SUCCEEDED", "AUTHORIZED", "FAILED", "CANCELED", "EXPIRED", "REQUIRES_ACTION", "PENDING", "UNKNOWN"];

const judged = fc.record({
  status: fc.oneof(fc.string(), fc.constantFrom(...statuses)),
  currency: text("IDR", "VND", "XXX"),
  amountRaw: text("10000", "1e4"),
  amountMinor: amount,
  capturedMinor: amount,
  capturedItemised: fc.boolean(),
  refundedMinor: fc.nat(),
  network: text("VISA", "MASTERCARD", "GPN"),
  networkFrom: fc.constant(null),
  threeDsFlow: text("CHALLENGE", "FRICTIONLESS"),
  eci: text("05", "06", "07", "02", "5"),
  cvn: text("M", "N", "D", "I", "NO_MATCH"),
  avs: text("Y", "N", "K", "MATCH"),
  response: text(...Object.keys(responseTable.rows)),
  failureCode: text(...Object.keys(failureTable.rows)),
  createdAt: instant,
  capturedAt: instant,
  expiresAt: instant,
  flags: fc.subarray([...FLAGS]),
  disagreements: fc.array(fc.record({ field: fc.string(), paymentId: fc.constant(null), values: fc.constant([]) }), {
    maxLength: 4,
  }),
  verification: fc.option(
    fc.record({
      merchantAdviceCode: text("03", "24", "40", "99"),
      threeDsStatus: text("Y", "N", "R"),
      threeDsStatusReason: text("10", "11", "81"),
      challengeCancelCode: text("01", "08"),
    }),
  ),
  captureCount: fc.nat({ max: 5 }),
  siblings: fc.array(fc.record({ status: fc.constantFrom(...statuses) }), { maxLength: 2 }),
  disputes: fc.array(fc.record({ status: fc.string(), dueAt: instant }), { maxLength: 2 }),
});

const NEVER_SAID =
  /\b(cvn|cvv|cvc|security code|fraud\w*|stolen|lost|theft|thief|suspicio\w*|suspect\w*|black ?list\w*|blocked)\b/i;

describe("whatever is received", () => {
  it("gets a sentence with no empty clause, and an answer on a retry", () => {
    fc.assert(
      fc.property(judged, (payment) => {
        const verdict = paymentVerdict(payment, reader);
        expect(verdictText(verdict).length).toBeGreaterThan(10);
        for (const clause of verdict.clauses) {
          expect(clause.text.trim()).not.toBe("");
          expect(clause.text).toMatch(/[.;:,]$/);
          expect(clause.text).not.toMatch(/undefined|\[object|NaN/);
        }
        expect(verdict.clauses.at(-1)?.text).toMatch(/\.$/);
        expect(verdict.retry.text).not.toBe("");
        expect(verdict.retry.source).not.toBe("");
        const { rows } = verificationOf(payment);
        const places = rows.map(({ id }) => id);
        const evidence = verdict.clauses.flatMap((clause) => clause.evidence?.href.slice(1) ?? []);
        expect(places).toEqual(expect.arrayContaining(evidence.filter((place) => place.startsWith("verification-"))));
      }),
      { numRuns: 500 },
    );
  });

  it("has a row for each check once something was told, and none before", () => {
    const untold = { eci: null, cvn: null, avs: null, response: null, threeDsFlow: null };
    expect(verificationOf(aJudged({ ...untold, status: "UNKNOWN" })).rows).toEqual([]);
    expect(verificationOf(aJudged({ ...untold, status: "REQUIRES_ACTION" })).rows).toEqual([]);
    for (const told of [{ status: "SUCCEEDED" }, { status: "UNKNOWN", cvn: "N" }]) {
      expect(verificationOf(aJudged({ ...untold, ...told })).rows).toHaveLength(5);
    }
  });

  it("never lets the shopper hear of the CVN, of theft or of suspicion", () => {
    fc.assert(
      fc.property(judged, (payment) => {
        const words = paymentVerdict(payment, reader).tellShopper;
        expect(words?.text).toBeTruthy();
        expect(words?.text).not.toMatch(NEVER_SAID);
      }),
      { numRuns: 500 },
    );
  });

  it("has neutral words for every advice", () => {
    expect(Object.keys(SHOPPER_SAYS).sort()).toEqual(Object.keys(RETRY_ADVICE).sort());
    for (const words of Object.values(SHOPPER_SAYS)) expect(words).not.toMatch(NEVER_SAID);
  });
});
