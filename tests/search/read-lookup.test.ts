import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readLookup } from "~/domain/search/read-lookup.ts";
import { readingsOf } from "~/domain/search/readings.ts";

/** A Saturday in Jakarta; still Friday evening in UTC. */
const clock = { zone: "Asia/Jakarta", now: Date.parse("2026-11-20T18:30:00Z") };
const read = (text: string) => readLookup(text, clock);
const pr = "pr-5593127f-8c7b-4d2f-b487-c785ffc21e2f";

describe("ids in what was pasted", () => {
  it.each([
    ["as it is", pr],
    ["in capitals", pr.toUpperCase()],
    ["with spaces and a newline around it", `  \n${pr}\t\n`],
    ["in quotes", `"${pr}"`],
    ["in typographic quotes", `“${pr}”`],
    ["in backticks, with a full stop", `\`${pr}\`.`],
    ["in brackets", `[${pr}](here)`],
    ["with zero-width characters inside", `pr-5593127f\u200b-8c7b-4d2f-\u2060b487-c785ffc21e2f\ufeff`],
    ["with dashes for its hyphens", pr.replaceAll("-", "–")],
    ["broken over two lines", "pr-5593127f-8c7b-\n4d2f-b487-c785ffc21e2f"],
    ["in a link to Xendit's dashboard", `https://dashboard.xendit.co/payments/${pr}?from=email#top`],
    ["in a link of ours", `http://127.0.0.1:3000/payments/${pr}?environment=test`],
    ["percent-encoded", `https://x.test/?next=%2Fpayments%2F${pr}%26a%3D1`],
    ["encoded twice", `https://x.test/?next=%252Fpayments%252F${encodeURIComponent(pr)}%2526`],
    ["in a piece of JSON", `  "payment_request_id": "${pr}",`],
    ["after a label", `Payment request: ${pr}`],
    ["in a sentence", `The shopper says ${pr}, paid twice.`],
    ["glued to other text", `id=${pr}_SUCCEEDED`],
  ])("finds one %s", (_, text) => {
    expect(read(text).ids).toEqual([{ value: pr, kind: "payment_request", isWhole: true }]);
  });

  it("tells the kinds apart", () => {
    const uuid = "00000000-0000-4000-8000-000000000001";
    const kinds = (text: string) => read(text).ids.map(({ kind }) => kind);
    expect(kinds(`py-${uuid} cptr-${uuid} cust-${uuid} pt-${uuid} rfd-${uuid} mi-dspt-${uuid} evt_${uuid}`)).toEqual([
      "payment",
      "capture",
      "customer",
      "token",
      "refund",
      "dispute",
      "event",
    ]);
    expect(kinds("ps-661f87c614802d6c402cd82d")).toEqual(["session"]);
  });

  it("knows the beginning of an id from a whole one", () => {
    expect(read("PR-5593")).toMatchObject({
      ids: [{ value: "pr-5593", kind: "payment_request", isWhole: false }],
      prefix: "pr-5593",
    });
    expect(read(pr).prefix).toBeNull();
    expect(read("cust-90392f42-d98a-49ef-a7f3-abcezas123").ids).toMatchObject([{ isWhole: true }]);
  });

  it("takes a UUID without its prefix for any of them", () => {
    const values = read(pr.slice(3)).exact.map(({ value }) => value);
    expect(values).toContain(pr);
    expect(values).toContain(pr.slice(3));
  });

  const noise = fc.string({
    unit: fc.constantFrom(..." \n\t\"'`“”()[]{}<>.,;:!?/&=#%\u200b«»".split("")),
    maxLength: 12,
  });
  const id = fc
    .tuple(fc.constantFrom("pr-", "ps-", "py-", "cptr-", "pt-", "cust-", "rfd-", "mi-dspt-", "evt_"), fc.uuid())
    .map(([prefix, uuid]) => prefix + uuid);

  it("finds a whole id in any noise, in either case", () => {
    fc.assert(
      fc.property(noise, id, noise, fc.boolean(), (before, one, after, isUpper) => {
        const text = before + (isUpper ? one.toUpperCase() : one) + after;
        expect(read(text).ids.map(({ value }) => value)).toEqual([one]);
      }),
    );
  });

  it("never throws, whatever the text", () => {
    const text = fc.oneof(
      fc.string({ unit: "binary", maxLength: 300 }),
      fc.string({ unit: fc.constantFrom(..."0123456789.,-/: %pr-sydeca*xRp@$".split("")), maxLength: 60 }),
    );
    fc.assert(
      fc.property(text, (any) => read(any).text.length <= 255),
      { numRuns: 300 },
    );
  });
});

describe("values in what was pasted", () => {
  const values = (text: string) => read(text).exact.map(({ value, kind }) => (kind ? `${kind} ${value}` : value));

  it.each([
    ["RRN: 435205253972", "rrn 435205253972"],
    ['"retrieval_reference_number": "435205253972",', "rrn 435205253972"],
    ["rrn 435205253972", "rrn 435205253972"],
    ["Auth code = 831000", "authorization_code 831000"],
    ["approval code: A1B2C3", "authorization_code a1b2c3"],
    ["reconciliation_id: 7345007929096981703954", "reconciliation_id 7345007929096981703954"],
    ["Network Transaction ID: 016153570198200", "network_transaction_id 016153570198200"],
    [
      '"directory_server_trans_id":"e537f539-d59f-4ebe-8d56-7fdc31a8e9b4"',
      "ds_transaction_id e537f539-d59f-4ebe-8d56-7fdc31a8e9b4",
    ],
    ["reference_id: Order 77, thanks", "reference order 77"],
    ["Maya <Maya@Example.com>", "email maya@example.com"],
    ["mailto:maya@example.com", "email maya@example.com"],
  ])("reads %s", (text, value) => {
    expect(values(text)).toContain(value);
  });

  it("reads several labelled values at once", () => {
    expect(values("RRN: 435205253972\nAuth code: 831000")).toEqual(
      expect.arrayContaining(["rrn 435205253972", "authorization_code 831000"]),
    );
  });

  it("looks for a reference with and without Xendit's suffix, and for numbers without their spaces", () => {
    expect(values("Cart-9_b8d18f2f-3")).toEqual(expect.arrayContaining(["cart-9_b8d18f2f-3", "reference cart-9"]));
    expect(values("4352 0525 3972")).toContain("435205253972");
  });

  it("keeps what was pasted beside what was made of it", () => {
    expect(values("order%2077 (b)")).toEqual(expect.arrayContaining(["order%2077 (b)", "order 77 (b"]));
  });

  it("never looks for the beginning of an address, and for none shorter than three", () => {
    expect(read("maya@ex").prefix).toBeNull();
    expect(read("or").prefix).toBeNull();
    expect(read("ord").prefix).toBe("ord");
  });

  it.each([
    ["1091", { first: "", lastFour: "1091" }],
    ["•••• 1091", { first: "", lastFour: "1091" }],
    ["card ending in 1091", { first: "", lastFour: "1091" }],
    ["4000****1091", { first: "4000", lastFour: "1091" }],
    ["400000XXXXXX1091", { first: "400000", lastFour: "1091" }],
    ["4000 00** **** 1091", { first: "400000", lastFour: "1091" }],
    ['"masked_card_number": "400000XXXXXX1091"', { first: "400000", lastFour: "1091" }],
  ])("reads the card %s", (text, card) => {
    expect(read(text).card).toEqual(card);
  });

  it.each(["109", "10912", "831000", "10.0000", "order-1091"])("takes %s for no card", (text) => {
    expect(read(text).card).toBeNull();
  });

  it("keeps a whole card number to itself", () => {
    const whole = read("4000 0000 0000 1091");
    expect(whole).toMatchObject({ maskedCard: "400000XXXXXX1091", text: "400000XXXXXX1091" });
    expect(whole.card).toEqual({ first: "400000", lastFour: "1091" });
    expect(read("435205253972").maskedCard).toBeNull();
  });
});

describe("amounts in what was typed", () => {
  const amounts = (text: string) =>
    read(text).amounts.map(({ amount }) => `${amount.decimal}${amount.currency ? ` ${amount.currency}` : ""}`);

  it.each([
    ["10000", ["10000"]],
    ["IDR 10,000", ["10000 IDR"]],
    ["10,000.50", ["10000.5"]],
    ["Rp 10.000", ["10000 IDR", "10 IDR"]],
    ["Rp10.000,-", ["10000 IDR", "10 IDR"]],
    ["10.000 USD", ["10 USD", "10000 USD"]],
    ["1.234.567", ["1234567"]],
    ["1.234.567,89 IDR", ["1234567.89 IDR"]],
    ["10 000", ["10000"]],
    ["₱99.9", ["99.9 PHP"]],
    ["99,95 sgd", ["99.95 SGD"]],
    ["amount: 10000", ["10000"]],
    ['"request_amount": 10000,', ["10000"]],
  ])("reads %s", (text, expected) => {
    expect(amounts(text)).toEqual(expected);
  });

  it.each(["0", "1,00,000", "10.0000", "1e4", "-5", "12345678901234567", "rp", "order 10000 please", "10,000,00"])(
    "reads no amount in %s",
    (text) => {
      expect(amounts(text)).toEqual([]);
    },
  );

  it("reads an amount of a day, either way round", () => {
    for (const text of ["10000 yesterday", "yesterday 10000", "10000 on 20 Nov"]) {
      expect(read(text).amounts).toMatchObject([{ amount: { decimal: "10000" }, day: { day: "2026-11-20" } }]);
    }
    expect(read("18 Dec 2024").amounts).toEqual([]);
  });
});

describe("days in what was typed", () => {
  const days = (text: string) => read(text).days.map(({ day }) => day);

  it.each([
    ["today", ["2026-11-21"]],
    ["Yesterday", ["2026-11-20"]],
    ["kemarin", ["2026-11-20"]],
    ["18 Dec", ["2025-12-18"]],
    ["Nov 21", ["2026-11-21"]],
    ["18 Dec 2024", ["2024-12-18"]],
    ["Wed, 18 December 2024 12:46 WIB", ["2024-12-18"]],
    ["18 Des 2024", ["2024-12-18"]],
    ["December 18th, 2024", ["2024-12-18"]],
    ["2024-12-18", ["2024-12-18"]],
    ["2024-12-18 12:46", ["2024-12-18"]],
    ["18/12/2024", ["2024-12-18"]],
    ["03/04/2026", ["2026-04-03", "2026-03-04"]],
    ["29 Feb", ["2024-02-29"]],
    ["2024-12-18T20:00:00Z", ["2024-12-19"]],
  ])("reads %s in the operator's zone", (text, expected) => {
    expect(days(text)).toEqual(expected);
  });

  it.each(["31 Feb 2026", "2026-13-01", "18 Foo", "dec", "99/99/9999", "18.12", "tomorrow"])(
    "reads no day in %s",
    (text) => {
      expect(days(text)).toEqual([]);
    },
  );

  it("gives a day as a half-open range in their zone", () => {
    expect(read("18 Dec 2024").days).toEqual([
      {
        day: "2024-12-18",
        from: Date.parse("2024-12-17T17:00:00Z"),
        until: Date.parse("2024-12-18T17:00:00Z"),
        label: "18 Dec 2024",
      },
    ]);
  });
});

describe("how a text was understood", () => {
  it.each([
    ["10000", ["10000 in any currency"]],
    ["IDR 10,000", ["10,000.00 IDR"]],
    ["10000 yesterday", ["10000 in any currency on 20 Nov 2026"]],
    ["18 Dec 2024", ["the day 18 Dec 2024"]],
    ["1091", ["a card ending 1091"]],
  ])("is said of %s", (text, expected) => {
    const said = readingsOf(read(text)).join("; ");
    for (const one of expected) expect(said).toContain(one);
  });

  it("is not said of an id", () => {
    expect(readingsOf(read(pr))).toEqual([]);
  });
});
