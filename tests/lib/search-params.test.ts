import { describe, expect, it } from "vitest";
import { decodeCursor, encodeCursor } from "~/lib/cursor.ts";
import { parseListParams } from "~/lib/search-params.ts";

const parse = (search: string, zone = "Asia/Jakarta") =>
  parseListParams(`http://desk.test/payments?${search}`, { codes: ["status", "eci"], zone });
const named = (search: string) => parse(search).problems.map(({ param, value }) => `${param}=${value}`);

describe("search params of a list", () => {
  it("take an order, and name one they do not know", () => {
    expect(parse("sort=oldest").filters.sort).toBe("oldest");
    const unknown = parse("sort=amount");
    expect(unknown.filters.sort).toBe("newest");
    expect(unknown.problems.map(({ param }) => param)).toEqual(["sort"]);
  });

  it("understand nothing as no filter, and an empty field too", () => {
    const nothing = {
      environment: null,
      codes: {},
      from: null,
      to: null,
      q: null,
      amountMin: null,
      amountMax: null,
      sort: "newest",
      cursor: null,
    };
    expect(parse("")).toEqual({ filters: nothing, problems: [] });
    expect(parse("status=&from=&q=&environment=&cursor=")).toEqual({ filters: nothing, problems: [] });
  });

  it("keep repeated codes, each once, as they were given", () => {
    expect(parse("eci=05&eci=none&eci=05&eci=x9").filters.codes).toEqual({ eci: ["05", "none", "x9"] });
  });

  it("name a param that is no filter here, instead of ignoring it", () => {
    expect(named("stauts=FAILED")).toEqual(["stauts=FAILED"]);
    expect(named("STATUS=FAILED")).toEqual(["STATUS=FAILED"]);
    expect(named("index&_routes=a&_data=b")).toEqual([]);
  });

  it("take one environment, of three", () => {
    expect(parse("environment=test").filters.environment).toBe("test");
    expect(named("environment=prod")).toEqual(["environment=prod"]);
    expect(named("environment=test&environment=live")).toEqual(["environment=test, live"]);
  });

  it.each(["2026-02-30", "2026-3-1", "yesterday", "2026-03-01T00:00:00", "1773144000000"])(
    "do not take %s for a time",
    (value) => {
      const { filters, problems } = parse(`from=${value}&to=${value}`);
      expect(filters).toMatchObject({ from: null, to: null });
      expect(problems.map(({ param }) => param)).toEqual(["from", "to"]);
    },
  );

  it("take a day in the operator's zone, and the day of `to` whole", () => {
    const { from, to } = parse("from=2026-03-31&to=2026-03-31").filters;
    expect(new Date(from ?? 0).toISOString()).toBe("2026-03-30T17:00:00.000Z");
    expect(new Date(to ?? 0).toISOString()).toBe("2026-03-31T17:00:00.000Z");
  });

  it("take an instant as it is, its plus sign escaped or not", () => {
    const at = Date.parse("2026-03-31T00:00:00Z");
    expect(parse("to=2026-03-31T00:00:00Z").filters.to).toBe(at);
    expect(parse("to=2026-03-31T07:00:00%2B07:00").filters.to).toBe(at);
    expect(parse("to=2026-03-31T07:00:00+07:00").filters.to).toBe(at);
  });

  describe("that knows amounts and closed codes", () => {
    const options = { codes: ["anomaly"], closed: { anomaly: ["bad", "look"] }, amounts: true, zone: "UTC" } as const;
    const asked = (search: string) => parseListParams(`http://desk.test/payments?${search}`, options);

    it("take an amount as its digits", () => {
      expect(asked("amount_min=10000&amount_max=20000.50").filters).toMatchObject({
        amountMin: "10000",
        amountMax: "20000.50",
      });
    });

    it.each(["ten", "1e4", "-5", "10,000", "10.", "1 000", "99999999999999", "NaN"])(
      "name %s as no amount",
      (value) => {
        const { filters, problems } = asked(`amount_min=${value}`);
        expect(filters.amountMin).toBeNull();
        expect(problems).toMatchObject([{ param: "amount_min", value }]);
      },
    );

    it("name a value that Paydesk never writes, and keep the others", () => {
      const { filters, problems } = asked("anomaly=bad&anomaly=none&anomaly=grave");
      expect(filters.codes).toEqual({ anomaly: ["bad", "none"] });
      expect(problems).toMatchObject([{ param: "anomaly", value: "grave" }]);
    });
  });

  it("know no amounts where a list has none", () => {
    expect(named("amount_min=1")).toEqual(["amount_min=1"]);
  });

  it("take the view a list was opened by, which filters nothing", () => {
    expect(named("view=viw_1")).toEqual([]);
    expect(named("view=evt_1")).toEqual(["view=evt_1"]);
  });

  it("name a cursor that is none", () => {
    expect(named("cursor=next")).toEqual(["cursor=next"]);
  });

  it("do not take more than a form could hold", () => {
    const many = Array.from({ length: 30 }, (_, index) => `eci=${index}`).join("&");
    expect(parse(many).filters.codes.eci).toHaveLength(20);
    expect(parse(many).problems).toHaveLength(1);
    expect(parse(`eci=${"9".repeat(500)}`).filters.codes).toEqual({});
  });
});

describe("a cursor", () => {
  it("survives the URL, whatever the id holds", () => {
    const cursor = { direction: "previous", at: 1_734_500_794_234, id: "pr-1.2 &=✓" } as const;
    expect(decodeCursor(encodeCursor(cursor))).toEqual(cursor);
  });

  it.each(["", "n", "n.1", "n.1.", "x.1.a", "n.-1.a", "n.1e9.a", "n.99999999999999999.a"])("is not %j", (text) => {
    expect(decodeCursor(text)).toBeNull();
  });
});
