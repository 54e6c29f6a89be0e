import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fieldDifferences } from "~/domain/checks/field-differences.ts";
import { type Json, parseJsonObject } from "~/xendit/bodies/json.ts";
import { diffBodies } from "~/xendit/diff-bodies.ts";

const json = (text: string): Json => parseJsonObject(text) ?? null;
const diff = (before: string, after: string, match: readonly string[] = []) =>
  diffBodies(json(before), json(after), { match }).map((one) => [
    one.path,
    one.kind,
    one.before?.text ?? null,
    one.after?.text ?? null,
  ]);

describe("a diff of two bodies", () => {
  it("tells added, removed, changed and type changed apart, by path", () => {
    expect(diff('{"a":1,"b":{"c":"x","d":true}}', '{"b":{"c":"y","d":"true"},"e":null}')).toEqual([
      ["a", "removed", "1", null],
      ["b.c", "changed", "x", "y"],
      ["b.d", "type changed", "true", "true"],
      ["e", "added", null, "null"],
    ]);
  });

  it("lists what is inside something new, leaf by leaf, and an empty one as it is", () => {
    expect(diff("{}", '{"a":{"b":[1,{"c":2}]},"d":[],"e":{}}')).toEqual([
      ["a.b[0]", "added", null, "1"],
      ["a.b[1].c", "added", null, "2"],
      ["d", "added", null, "[]"],
      ["e", "added", null, "{}"],
    ]);
    expect(diff('{"a":[]}', '{"a":[7]}')).toEqual([["a[0]", "added", null, "7"]]);
    expect(diff('{"a":[1]}', '{"a":{"b":1}}')).toEqual([["a", "type changed", "[1]", '{"b":1}']]);
  });

  it("keeps digits that a float would lose", () => {
    expect(diff('{"n":10000000000000000001}', '{"n":10000000000000000002}')).toHaveLength(1);
    expect(diff('{"n":1e4,"m":10000.50}', '{"n":10000,"m":10000.5}')).toEqual([]);
  });

  it("matches list items by their id, whatever their order, and by place when ids repeat", () => {
    const [one, two] = ['{"capture_id":"c1","n":1}', '{"capture_id":"c2","n":2}'];
    expect(diff(`{"l":[${one},${two}]}`, `{"l":[${two},${one}]}`, ["capture_id"])).toEqual([]);
    expect(diff(`{"l":[${one}]}`, `{"l":[${two},${one}]}`, ["capture_id"])).toEqual([
      ["l[c2].capture_id", "added", null, "c2"],
      ["l[c2].n", "added", null, "2"],
    ]);
    expect(diff(`{"l":[${one},${one}]}`, `{"l":[${one},${two}]}`, ["capture_id"])).toHaveLength(2);
  });

  it("survives a body nested deeper than any stack of ours", () => {
    const deep = (leaf: string) => `{"a":${"[".repeat(500)}${leaf}${"]".repeat(500)}}`;
    expect(diff(deep("1"), deep("2"))).toHaveLength(1);
    expect(diff(deep("1"), deep("1"))).toEqual([]);
  });

  it("finds nothing between a body and itself, however keys are ordered and numbers are spelled", () => {
    fc.assert(
      fc.property(body, (value) => {
        const [plain, other] = [JSON.stringify(value), respelled(value)];
        expect(diff(plain, other)).toEqual([]);
        expect(fieldDifferences(plain, other)).toEqual([]);
      }),
    );
  });

  it("tells the same places both ways round", () => {
    fc.assert(
      fc.property(body, body, (left, right) => {
        const [a, b] = [JSON.stringify(left), JSON.stringify(right)];
        const there = diff(a, b).map(([path]) => path);
        expect(
          diff(b, a)
            .map(([path]) => path)
            .sort(),
        ).toEqual(there.sort());
        expect(there.length === 0).toBe(canonical(left) === canonical(right));
      }),
    );
  });
});

const name = fc.constantFrom("status", "request_amount", "eci", "a", "captures", "email", "created");
const { body } = fc.letrec((tie) => ({
  body: fc.dictionary(name, tie("value"), { maxKeys: 5 }),
  value: fc.oneof(
    { depthSize: "small" },
    fc.constantFrom<unknown>(0, 1, 10000, 10000.5, -3, "05", "10000", "", "SUCCEEDED", null, true),
    fc.array(tie("value"), { maxLength: 3 }),
    tie("body"),
  ),
}));

/** The same body with its keys the other way round and its numbers with an exponent. */
function respelled(value: unknown): string {
  if (typeof value === "number") return Number.isInteger(value) ? `${value}.00` : value.toExponential();
  if (Array.isArray(value)) return `[${value.map(respelled).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value).reverse();
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${respelled(member)}`).join(",")}}`;
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([key, member]) => `${key}:${canonical(member)}`).join(",")}}`;
}

const sample = readFileSync(
  new URL("../fixtures/xendit/payment.capture.cards.v3.challenge.json", import.meta.url),
  "utf8",
);
const payment = (change: Record<string, unknown> = {}) => JSON.stringify({ ...JSON.parse(sample).data, ...change });

describe("an API answer beside a webhook", () => {
  it("agrees with the webhook that wraps the same object", () => {
    expect(fieldDifferences(payment(), sample)).toEqual([]);
  });

  it("is not said to differ by the spelling of an amount, an instant, or a field with two names", () => {
    const webhook = '{"event":"payment.capture","created":"2024-01-01T00:00:00Z","data":{"request_amount":10000,';
    const three = (id: string, flow: string) =>
      `"payment_details":{"authentication_data":{"flow":"${flow}","a_res":{"${id}":"ds-1"}}}`;
    expect(
      fieldDifferences(
        `{"request_amount":"10000.00","updated":"2024-12-18T05:46:58Z",${three("directory_server_trans_id", "CHALLENGE")}}`,
        `${webhook}"updated":"2024-12-18T05:46:58.000+00:00",${three("ds_trans_id", "FULL_AUTH")}}}`,
      ),
    ).toEqual([]);
  });

  it("keeps an ECI sent as a number apart from the code", () => {
    const found = fieldDifferences('{"eci":5}', '{"data":{"eci":"05"}}');
    expect(found).toEqual([{ path: "eci", kind: "differs", api: "5", webhook: "05", isMaterial: true }]);
  });

  it("puts what decides first and says which side has it", () => {
    const found = fieldDifferences(
      payment({ status: "CANCELED", a_new_field: "x", channel_properties: { mid_label: "m" } }),
      sample,
    );
    expect(found).toEqual([
      { path: "status", kind: "differs", api: "CANCELED", webhook: "SUCCEEDED", isMaterial: true },
      expect.objectContaining({ kind: "only in API answer", api: "x", webhook: null, isMaterial: false }),
      expect.objectContaining({ path: "channel_properties.mid_label", kind: "only in API answer" }),
    ]);
  });

  it("tells null from absent, and neither decides anything", () => {
    expect(fieldDifferences('{"failure_code":null}', '{"data":{"a":1}}')).toEqual([
      { path: "a", kind: "only in webhook", api: null, webhook: "1", isMaterial: false },
      { path: "failure_code", kind: "only in API answer", api: "null", webhook: null, isMaterial: false },
    ]);
  });

  it("finds a capture by its id, and its amount decides", () => {
    const captures = (...amounts: readonly number[]) =>
      amounts.map((capture_amount) => ({ capture_id: `cptr-${capture_amount % 10}`, capture_amount }));
    const found = fieldDifferences(
      JSON.stringify({ captures: captures(52, 31) }),
      JSON.stringify({ data: { captures: captures(1, 2) } }),
    );
    expect(found?.map(({ path, api, webhook }) => [path, api, webhook])).toEqual([
      ["captures[cptr-1].capture_amount", "31", "1"],
      ["captures[cptr-2].capture_amount", "52", "2"],
    ]);
    expect(found?.every((one) => one.isMaterial)).toBe(true);
  });

  it("shows no personal value and no authentication value", () => {
    const found = fieldDifferences(
      '{"customer":{"email":"jaap@example.com","given_names":"Jaap"},"note":"write to stam@example.com","authentication_value":"AAIBBYNoEwAAACcKhAJkdQAAAAA="}',
      '{"data":{"customer":{"email":"stam@example.com","given_names":"Stam"},"note":"","authentication_value":"other"}}',
    );
    const text = JSON.stringify(found);
    for (const secret of ["jaap@", "stam@", "Jaap", "Stam", "AAIBB", "other"]) expect(text).not.toContain(secret);
    expect(found).toHaveLength(4);
    expect(found?.find((one) => one.path === "note")?.api).toMatch(/write to s•••@example.com/);
  });

  it("compares only what both have when a payment's webhook stands in for the request's", () => {
    const found = fieldDifferences(
      '{"status":"SUCCEEDED","actions":[],"updated":"2024-01-01T00:00:00Z","currency":"IDR"}',
      '{"data":{"status":"AUTHORIZED","payment_id":"py-1","updated":"2025-01-01T00:00:00Z","currency":"IDR"}}',
      { sharedOnly: true },
    );
    expect(found?.map((one) => one.path)).toEqual(["status"]);
  });

  it("is null when either is no JSON object", () => {
    expect(fieldDifferences("[]", "{}")).toBeNull();
    expect(fieldDifferences("{}", "not json")).toBeNull();
  });
});
