import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MASK } from "../../app/xendit/card-data.ts";
import { maskBody, maskText } from "../../app/xendit/mask.ts";

const PAN = "4000000000001091";
const NOT_LUHN = "4000000000001092";

const masked = (text: string) => {
  const result = maskBody(Buffer.from(text));
  return { text: Buffer.from(result.bytes).toString(), masked: result.masked };
};

describe("masking", () => {
  it.each([
    "cvn",
    "cvv",
    "cvv2",
    "cvc",
    "cvc2",
    "cid",
    "cardverificationnumber",
    "card_verification_number",
    "card-verification-number",
    "CVN",
    "Cvv_2",
    "c-v-c",
  ])("takes three or four digits under %s", (name) => {
    expect(masked(JSON.stringify({ [name]: "123" })).text).toBe(JSON.stringify({ [name]: MASK }));
    expect(masked(JSON.stringify({ [name]: 1234 })).text).toBe(JSON.stringify({ [name]: MASK }));
  });

  it.each(["card_number", "cardNumber", "PAN", "primary_account_number"])("takes a card number under %s", (name) => {
    expect(masked(JSON.stringify({ [name]: PAN })).text).toBe(JSON.stringify({ [name]: MASK }));
    expect(masked(`{"${name}":${PAN}}`).text).toBe(`{"${name}":"${MASK}"}`);
  });

  it("takes a card number that is grouped by spaces or hyphens", () => {
    expect(masked('{"pan":"4000 0000-0000 1091"}').masked).toBe(true);
  });

  it.each([
    { cvn_verification_result: "M", cvv_result: "123", cvn_code: "M", cvn_length: 3 },
    { masked_card_number: "400000XXXXXX1091" },
    { cvn: "M" },
    { cvn: "12" },
    { cvn: "12345" },
    { card_number: NOT_LUHN },
    { account_number: PAN },
    { reconciliation_id: "7345007929096981703954", retrieval_reference_number: "435205253972" },
    { description: "cid: 1234", metadata: { company_cid: "1234" } },
  ])("leaves %j as it is", (body) => {
    const text = JSON.stringify(body);
    expect(masked(text)).toEqual({ text, masked: false });
  });

  it("changes nothing but the value: spaces, key order and the spelling of numbers stay", () => {
    const text = '{ "b" : 1.50,\n  "cvn" : "123" , "a": 1e2, "a": "é" }';
    expect(masked(text)).toEqual({ text: text.replace('"123"', `"${MASK}"`), masked: true });
  });

  it("finds a key spelled in escapes, a number written as a decimal, and values in an array", () => {
    expect(masked('{"\\u0063vn":"\\u0031\\u0032\\u0033"}').text).toBe(`{"\\u0063vn":"${MASK}"}`);
    expect(masked('{"cvn":123.0}').text).toBe(`{"cvn":"${MASK}"}`);
    expect(masked('{"cvn":["123",456,{"id":"789"}]}').text).toBe(`{"cvn":["${MASK}","${MASK}",{"id":"${MASK}"}]}`);
  });

  it.each([
    [{ cvn: { value: "9873" } }, { cvn: { value: MASK } }],
    [
      { cvn: { a: { b: [9873] }, c: "M" }, d: "9873" },
      { cvn: { a: { b: [MASK] }, c: "M" }, d: "9873" },
    ],
    [{ cvn: '{"value":"9873"}' }, { cvn: `{"value":"${MASK}"}` }],
    [{ card_number: { value: PAN, last: "1091" } }, { card_number: { value: MASK, last: "1091" } }],
    [
      { "cvn ": "9873", "\t\u00a0CVV\n": 987 },
      { "cvn ": MASK, "\t\u00a0CVV\n": MASK },
    ],
    [
      { "cvn=9893": 1, [`pan: ${PAN}`]: { x: 2 } },
      { [`cvn=${MASK}`]: 1, [`pan: ${MASK}`]: { x: 2 } },
    ],
  ])("finds it under odd keys: %j", (body, expected) => {
    expect(masked(JSON.stringify(body))).toEqual({ text: JSON.stringify(expected), masked: true });
  });

  it.each(["utf-16le", "utf-16be"])("reads %s, with and without a mark, from any place", (encoding) => {
    const wide = (text: string) => {
      const bytes = Buffer.from(text, "utf16le");
      return encoding === "utf-16be" ? bytes.swap16() : bytes;
    };
    for (const before of [wide("\ufeff"), wide("\u65e5\ud800"), Buffer.from("x")]) {
      const around = (value: string) =>
        Buffer.concat([before, wide(`{"é":"日本","cvn":"${value}"}`), Buffer.from("y")]);
      const result = maskBody(around("9876"));
      expect(Buffer.from(result.bytes)).toEqual(around(MASK));
      expect(maskBody(result.bytes)).toEqual({ bytes: result.bytes, masked: false });
    }
    const sound = Buffer.concat([wide("\ufeff"), wide('{"cvn":"M"}')]);
    expect(maskBody(sound)).toEqual({ bytes: sound, masked: false });
  });

  it("looks into JSON that stands in a string, and into text in a string", () => {
    const nested = masked(JSON.stringify({ payload: JSON.stringify({ card: { cvn: "123", pan: PAN } }) })).text;
    expect(nested).not.toMatch(/123|1091/);
    expect(masked('{"note":"the CVV: 987"}').text).toBe(`{"note":"the CVV: ${MASK}"}`);
  });

  it.each([
    "cvn=123&x=1",
    "CVV: 1234",
    "<cvn>123</cvn>",
    'name="cvv2"\r\n\r\n123\r\n--',
    "%22cvn%22%3A%22123%22",
    '{"cvn":"123"',
    "cid=1234",
    '{"cvn"/*x*/:"1234"}',
    '{"cvn":/*"*/"1234"}',
    "{'cvn' /* a * b */ : // c\n '1234'}",
    '{"\\u0063vn"/*x*/:"1234"}',
    `card number: 4000 0000 0000 1091`,
    `pan=${PAN}`,
  ])("masks by pattern in what is not JSON: %s", (text) => {
    const result = masked(text);
    expect(result.masked).toBe(true);
    expect(result.text).toContain(MASK);
    expect(result.text).not.toMatch(/123|1091/);
  });

  it("keeps bytes that are not UTF-8 around what it masks", () => {
    const bytes = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from("cvn=123"), Buffer.from([0xc3])]);
    const expected = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(`cvn=${MASK}`), Buffer.from([0xc3])]);
    expect(Buffer.from(maskBody(bytes).bytes)).toEqual(expected);
  });

  it("is done with hostile text in time that grows with its length only", () => {
    for (const text of [
      "[".repeat(1e6),
      '"\\'.repeat(5e5),
      `cvn${" ".repeat(1e6)}`,
      "c-".repeat(5e5),
      '"a"/*'.repeat(2e5),
      `cvn${"/*/".repeat(3e5)}`,
      '{"cvn":'.repeat(1e5),
      '{"cvn":"'.repeat(1e5),
    ]) {
      // With its square it would be hours.
      expect(() => maskText(text)).not.toThrow();
    }
  }, 60_000);
});

/** A letter per digit group, so that neither marker can come about by chance. */
const marker = "987";
const name = fc.constantFrom("cvn", "CVV", " cvn\t", "c_v_c", "cvv2", "CVC-2", "cid", "cardVerificationNumber");
const panName = fc.constantFrom("pan", "card_number", "CARD-NUMBER", "primaryAccountNumber");
const secret = fc.oneof(
  fc.record({ name, value: fc.constantFrom<unknown>(marker, Number(marker), [marker], { value: marker }) }),
  fc.record({ name: panName, value: fc.constantFrom<unknown>(PAN, Number(PAN)) }),
);
const harmless = fc.record({
  name: fc.constantFrom("status", "cvn_verification_result", "masked_card_number", "amount"),
  value: fc.constantFrom<unknown>("M", "400000XXXXXX1090", 10000, null, NOT_LUHN),
});

/** A document with one secret somewhere in it. */
const hidden = fc
  .record({
    secret,
    siblings: fc.array(harmless, { maxLength: 3 }),
    wraps: fc.array(fc.constantFrom("object", "array", "string", "indented"), { maxLength: 4 }),
  })
  .map(({ secret, siblings, wraps }) => {
    const members = [...siblings, secret].map((one) => [one.name, one.value] as const);
    return wraps.reduce<unknown>((inner, wrap) => {
      if (wrap === "object") return { before: 1, inner, after: "x" };
      if (wrap === "array") return [inner, 2];
      return { text: JSON.stringify(inner, null, wrap === "indented" ? 2 : 0) };
    }, Object.fromEntries(members));
  });

describe("card data anywhere in a body", () => {
  it("never survives, whatever its position, nesting and case", () => {
    fc.assert(
      fc.property(hidden, (body) => {
        const result = masked(JSON.stringify(body));
        expect(result.masked).toBe(true);
        expect(result.text).not.toMatch(/987|4000000000001091/);
      }),
    );
  });

  it("is masked once and for all: masking again changes nothing", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          hidden.map((body) => JSON.stringify(body)),
          fc.string(),
          fc.json(),
        ),
        (text) => {
          const once = masked(text).text;
          expect(masked(once)).toEqual({ text: once, masked: false });
        },
      ),
    );
  });

  it("never survives in UTF-16, which stays UTF-16", () => {
    fc.assert(
      fc.property(hidden, fc.boolean(), fc.boolean(), (body, big, mark) => {
        const turned = (bytes: Buffer) => (big ? bytes.swap16() : bytes);
        const text = (mark ? "\ufeff" : "") + JSON.stringify(body);
        const once = maskBody(turned(Buffer.from(text, "utf16le")));
        expect(once.masked).toBe(true);
        expect(turned(Buffer.from(once.bytes)).toString("utf16le")).toBe(masked(text).text);
        expect(maskBody(once.bytes)).toEqual({ bytes: once.bytes, masked: false });
      }),
    );
  });

  it("is masked once and for all in any bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        const once = maskBody(bytes).bytes;
        expect(maskBody(once)).toEqual({ bytes: once, masked: false });
      }),
    );
  });

  it("leaves results and numbers that fail Luhn", () => {
    fc.assert(
      fc.property(fc.array(harmless), (members) => {
        const text = JSON.stringify(members.map((one) => ({ [one.name]: one.value, card_number: NOT_LUHN })));
        expect(masked(text)).toEqual({ text, masked: false });
      }),
    );
  });

  it("leaves JSON readable as JSON", () => {
    fc.assert(fc.property(hidden, (body) => void JSON.parse(masked(JSON.stringify(body)).text)));
  });
});
