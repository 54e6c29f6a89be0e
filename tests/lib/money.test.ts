import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  CURRENCIES,
  CURRENCY_DECIMALS,
  formatMinor,
  formatMoney,
  minorToDecimal,
  plainDecimal,
  toMinorUnits,
} from "../../app/lib/money.ts";

const currency = fc.constantFrom(...CURRENCIES);

describe("minor units", () => {
  it.each([
    ["10000", "IDR", 1_000_000],
    ["1999.01", "IDR", 199_901],
    ["10.5", "PHP", 1_050],
    ["0.1", "USD", 10],
    ["405400", "VND", 405_400],
    ["1.0", "VND", 1],
    ["1e4", "IDR", 1_000_000],
    ["-10.05", "SGD", -1_005],
    ["-0.00", "SGD", 0],
    ["0.290", "MYR", 29],
  ])("of %s %s are %i", (amount, of, minor) => {
    expect(toMinorUnits(amount, of)).toBe(minor);
  });

  it.each([
    ["10.005", "IDR"],
    ["1.5", "VND"],
    ["ten", "IDR"],
    ["", "IDR"],
    ["1,000", "IDR"],
    ["0x10", "IDR"],
    ["Infinity", "IDR"],
    ["90071992547409.93", "IDR"],
    ["10", "EUR"],
    ["10", "constructor"],
    ["10", null],
    [null, "IDR"],
  ])("of %s %s cannot be told", (amount, of) => {
    expect(toMinorUnits(amount, of)).toBeNull();
  });

  it("come back as they went, in every currency", () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), currency, (minor, of) => {
        // There is no minus zero in money.
        expect(toMinorUnits(minorToDecimal(minor, of), of)).toBe(minor === 0 ? 0 : minor);
      }),
    );
  });

  it("do not depend on how a decimal is spelled", () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e12, max: 1e12 }), currency, fc.nat({ max: 5 }), (minor, of, zeros) => {
        const decimal = minorToDecimal(minor, of);
        const padded = (decimal.includes(".") ? decimal : `${decimal}.`) + "0".repeat(zeros + 1);
        expect(toMinorUnits(padded, of)).toBe(minor);
        expect(toMinorUnits(`${minor}e-${CURRENCY_DECIMALS[of]}`, of)).toBe(minor);
      }),
    );
  });

  it("are never rounded: a digit too many is no amount", () => {
    fc.assert(
      fc.property(fc.nat(), currency, fc.integer({ min: 1, max: 9 }), (minor, of, digit) => {
        const decimal = minorToDecimal(minor, of);
        expect(toMinorUnits(`${decimal}${decimal.includes(".") ? "" : "."}${digit}`, of)).toBeNull();
      }),
    );
  });
});

describe("a plain decimal", () => {
  it.each([
    ["1e4", "10000"],
    ["1.50", "1.5"],
    ["007", "7"],
    ["0.0", "0"],
    ["-0", "0"],
    ["1.5e-3", "0.0015"],
    ["12.345e1", "123.45"],
    [" 5 ", "5"],
  ])("of %s is %s", (text, plain) => {
    expect(plainDecimal(text)).toBe(plain);
  });

  it.each(["", ".", "1.", ".5", "1e", "1e999", "NaN", "1 000", "+1"])("of %j is nothing", (text) => {
    expect(plainDecimal(text)).toBeNull();
  });

  it("is stable", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const plain = plainDecimal(String(value));
        if (plain !== null) expect(plainDecimal(plain)).toBe(plain);
      }),
    );
  });
});

describe("money on screen", () => {
  it("keeps the cents that Intl drops for IDR", () => {
    expect(formatMinor(1_000_050, "IDR")).toBe("10,000.50");
    expect(formatMinor(405_400, "VND")).toBe("405,400");
    expect(formatMinor(-5, "USD")).toBe("-0.05");
  });

  it("is exact where a float is not", () => {
    expect(formatMinor(123_456_789_012_345_678_901n, "IDR")).toBe("1,234,567,890,123,456,789.01");
  });

  it("falls back to the digits as received", () => {
    expect(formatMoney({ minor: 1_050, currency: "PHP" })).toBe("10.50 PHP");
    expect(formatMoney({ minor: null, raw: "10.005", currency: "IDR" })).toBe("10.005 IDR");
    expect(formatMoney({ minor: null, raw: null, currency: null })).toBe("unknown");
  });
});
