import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { redactPersonal } from "~/lib/pii.ts";

const shown = (text: string) => redactPersonal(text).text;
const nested = (value: unknown, levels: number): string =>
  levels === 0 ? JSON.stringify(value) : JSON.stringify({ body: nested(value, levels - 1) });

describe("personal data in a body", () => {
  it.each(["mobile", "phone", "name_on_card", "nameOnCard", "Phone-Number", "given_names"])(
    "is replaced under %s, as a string, a number or a list",
    (key) => {
      expect(shown(`{"${key}": "Jane 0812"}`)).toBe(`{"${key}": "[redacted]"}`);
      expect(shown(`{"${key}": 62812}`)).toBe(`{"${key}": "[redacted]"}`);
      expect(shown(`{"${key}": ["Jane", "Doe"]}`)).toBe(`{"${key}": ["[redacted]", "[redacted]"]}`);
    },
  );

  it("is found in JSON inside strings, however deep a body puts it", () => {
    for (const levels of [1, 2, 3, 4]) {
      const text = shown(nested({ phone_number: "+62812345", ok: "yes" }, levels));
      expect(text).not.toContain("62812345");
      expect(text).toContain("yes");
      expect(() => JSON.parse(text)).not.toThrow();
    }
    expect(shown(JSON.stringify(JSON.stringify({ phone: "+62812345" })))).not.toContain("62812345");
    expect(shown(JSON.stringify({ message: 'Refused: {"phone":"+62812345"}' }))).not.toContain("62812345");
  });

  it("is found behind escapes in keys and addresses", () => {
    expect(shown(String.raw`{"ph\u006fne":"+62812"}`)).toBe(String.raw`{"ph\u006fne":"[redacted]"}`);
    expect(shown(String.raw`{"note":"a\u0040b.com"}`)).toBe('{"note":"a•••@b.com"}');
    expect(shown(String.raw`{"jane\u0040b.com":1}`)).toBe('{"j•••@b.com":1}');
  });

  it("is found in text that is not quite JSON: cut off, or with a stray quote before it", () => {
    expect(shown('{"ok":1,"payer_name":"Jane Do')).toBe('{"ok":1,"payer_name":"[redacted]"');
    expect(shown(String.raw`{"body":"{\"payer_name\":\"Jane Do`)).not.toContain("Jane");
    expect(shown('a 5" screen for {"payer_name":"Jane"}')).toBe('a 5" screen for {"payer_name":"[redacted]"}');
    expect(shown("written to jane@example.com")).toBe("written to j•••@example.com");
  });

  it("leaves every other character where it was", () => {
    const rest = String.raw`"amount": 10000.00,${"\r\n\t"}"url":"https:\/\/x.test\/\u00e9", "email":"", "name": "é"`;
    expect(redactPersonal(`{${rest}}`)).toEqual({ text: `{${rest}}`, isRedacted: false });
    expect(shown(`{${rest},"phone":"1"}`)).toBe(`{${rest},"phone":"[redacted]"}`);
    expect(shown(String.raw`{"to":"a\/b jane@b.com \u00e9"}`)).toBe(String.raw`{"to":"a\/b j•••@b.com \u00e9"}`);
  });

  it("leaves alone whatever has no personal key and no address, and changes nothing twice", () => {
    const plain = fc.jsonValue().map((value) => JSON.stringify({ value }).replaceAll("@", "a"));
    fc.assert(
      fc.property(plain, (text) => shown(text) === text),
      { seed: 7 },
    );
    fc.assert(
      fc.property(fc.string(), (text) => shown(shown(text)) === shown(text)),
      { seed: 7 },
    );
  });
});
