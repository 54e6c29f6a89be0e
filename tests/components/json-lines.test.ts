import { describe, expect, it } from "vitest";
import { jsonLines } from "~/components/ui/json-lines.ts";

const pretty = (text: string) =>
  jsonLines(text)
    ?.map((line) => "  ".repeat(line.indent) + line.parts.map((part) => part.text).join(""))
    .join("\n");

describe("a body made pretty", () => {
  it("is laid out as JSON usually is", () => {
    const value = { data: { ids: ["a", "b"], empty: {}, none: [], deep: [{ on: true }, null] }, amount: -1.5 };
    expect(pretty(JSON.stringify(value))).toBe(JSON.stringify(value, null, 2));
  });

  it("keeps digits, escapes, order and repeated keys as they came", () => {
    const text = '{"amount":10000.00,"big":12345678901234567890,"n":"\\u0041","a":1,"a":2}';
    const lines = pretty(text);
    for (const kept of ["10000.00", "12345678901234567890", '"\\u0041"', '"a": 1', '"a": 2']) {
      expect(lines).toContain(kept);
    }
  });

  it("says where each value stands", () => {
    const lines =
      jsonLines('{"data":{"captures":[{"capture_id":"cptr-1"},{"capture_id":"cptr-2"}],"odd key":1}}') ?? [];
    const pathOf = (text: string) => lines.find((line) => line.parts.some((part) => part.text.includes(text)))?.path;
    expect(pathOf("cptr-2")).toBe("data.captures[1].capture_id");
    expect(pathOf("odd key")).toBe('data["odd key"]');
  });

  it("is not tried on what is not JSON", () => {
    expect(jsonLines("hello")).toBeNull();
    expect(jsonLines('{"a":1')).toBeNull();
    expect(jsonLines("")).toBeNull();
  });
});
