import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalJson, decodeBody } from "../../app/xendit/canonical.ts";

const canonical = (text: string) => {
  const body = decodeBody(Buffer.from(text));
  return body === null ? null : canonicalJson(body);
};

describe("canonical JSON", () => {
  it("sorts keys at every depth and keeps the order of lists", () => {
    expect(canonical('{"b":{"d":1,"c":[2,1]},"a":null}')).toBe('{"a":null,"b":{"c":[2,1],"d":1}}');
  });

  it("spells one number one way, without going through a float", () => {
    expect(canonical('{"n":1e4,"m":10000.00,"big":12345678901234567890.10}')).toBe(
      '{"big":12345678901234567890.1,"m":10000,"n":10000}',
    );
  });

  it("takes an amount sent as a string by its digits, and other strings as they are", () => {
    expect(canonical('{"request_amount":"10000.0","code":"00","amount":{"initial":"1000.00"}}')).toBe(
      '{"amount":{"initial":1000},"code":"00","request_amount":10000}',
    );
    expect(canonical('{"amount":"ten"}')).toBe('{"amount":"ten"}');
  });

  it("keeps null apart from absent", () => {
    expect(canonical('{"a":null}')).not.toBe(canonical("{}"));
  });

  it("reads an object with the same key twice by its last value, and a key named __proto__ as a key", () => {
    expect(canonical('{"a":1,"a":2}')).toBe('{"a":2}');
    expect(canonical('{"__proto__":{"a":1}}')).toBe('{"__proto__":{"a":1}}');
  });

  it.each(["", "[]", "null", '"text"', "{", "{}x", '{"a":NaN}', "\ud800"])("is nothing for %j", (text) => {
    expect(canonical(text)).toBeNull();
  });

  it("is nothing for bytes that are not UTF-8, and for nesting no body has", () => {
    expect(decodeBody(Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]))).toBeNull();
    const nested = (depth: number) => `{"a":${"[".repeat(depth)}${"]".repeat(depth)}}`;
    expect(canonical(nested(50))).toBe(nested(50));
    expect(canonical(nested(70))).toBeNull();
    expect(canonical(nested(100_000))).toBeNull();
  });

  it("says the same of every object however its keys are ordered, and is stable", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (body) => {
        const reversed = Object.fromEntries(Object.entries(body).reverse());
        const once = canonical(JSON.stringify(body));
        expect(canonical(JSON.stringify(reversed))).toBe(once);
        if (once !== null) expect(canonical(once)).toBe(once);
      }),
    );
  });
});
