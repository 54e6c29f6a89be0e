import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { minorRange } from "~/domain/payments/amount-range.ts";
import { CURRENCIES, minorToDecimal, toMinorUnits } from "~/lib/money.ts";

describe("a range in major units", () => {
  it("moves an edge between two minor units inwards", () => {
    expect(minorRange({ min: "10.005", max: "20.009" }, "IDR")).toMatchObject({ from: 1_001, to: 2_000 });
    expect(minorRange({ min: "10.5", max: "10.5" }, "VND")).toMatchObject({ from: 11, to: 10 });
    expect(minorRange({ min: "10.5000", max: "10.5" }, "USD")).toMatchObject({ from: 1_050, to: 1_050 });
  });

  it("is open where nothing was asked", () => {
    expect(minorRange({ min: null, max: "1" }, "IDR")).toMatchObject({ from: 0, to: 100 });
    expect(minorRange({ min: "1", max: null }, "IDR")).toMatchObject({ from: 100, to: null });
  });

  it("holds exactly the amount both its ends name, in every currency, up to the largest that can be asked for", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...CURRENCIES),
        fc.integer({ min: 0, max: 999_999_999_999_999 }),
        (currency, minor) => {
          const decimal = minorToDecimal(minor, currency);
          const { from, to } = minorRange({ min: decimal, max: decimal }, currency);
          expect([from, to]).toEqual([minor, minor]);
          expect(toMinorUnits(decimal, currency)).toBe(minor);
        },
      ),
    );
  });
});
