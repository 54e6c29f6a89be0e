import { describe, expect, it } from "vitest";
import { type CsvColumn, csvHeader, csvRow, csvStream } from "~/lib/csv.ts";

interface Row {
  readonly text: string | null;
  readonly amount: string | null;
  readonly at: number | null;
}
const columns: readonly CsvColumn<Row>[] = [
  { name: "text", kind: "text", value: (row) => row.text },
  { name: "amount", kind: "number", value: (row) => row.amount },
  { name: "at_utc", kind: "instant", value: (row) => row.at },
];
const line = (row: Partial<Row>) => csvRow(columns, { text: null, amount: null, at: null, ...row });

describe("a CSV line", () => {
  it("ends in CRLF, and leaves blank what is not there", () => {
    expect(csvHeader(columns)).toBe("text,amount,at_utc\r\n");
    expect(line({})).toBe(",,\r\n");
  });

  it.each(["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"])("disarms text that begins like a formula: %j", (text) => {
    expect(line({ text }).replaceAll('"', "")).toBe(`'${text},,\r\n`);
  });

  it("leaves text alone that only contains such a sign", () => {
    expect(line({ text: "a=1" })).toBe("a=1,,\r\n");
  });

  it("never touches a number, a negative one neither", () => {
    expect(line({ amount: "-10.50" })).toBe(",-10.50,\r\n");
  });

  it("quotes what would break the line", () => {
    expect(line({ text: 'a "b", c\nd' })).toBe('"a ""b"", c\nd",,\r\n');
  });

  it("writes instants in UTC", () => {
    expect(line({ at: Date.parse("2026-03-31T00:00:00+07:00") })).toBe(",,2026-03-30T17:00:00.000Z\r\n");
  });
});

describe("a CSV stream", () => {
  const row: Row = { text: "a", amount: null, at: null };

  it("is the header and every chunk, without a byte order mark", async () => {
    async function* chunks() {
      yield [row, row];
      yield [row];
    }
    const bytes = new Uint8Array(await new Response(csvStream(columns, chunks())).arrayBuffer());
    expect(new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes)).toBe(
      `text,amount,at_utc\r\n${"a,,\r\n".repeat(3)}`,
    );
  });

  it("fails as a whole when a later chunk fails", async () => {
    async function* chunks() {
      yield [row];
      throw new Error("the disk is gone");
    }
    await expect(new Response(csvStream(columns, chunks())).text()).rejects.toThrow("the disk is gone");
  });

  it("reads no further than it is asked to, and stops reading when nobody wants the rest", async () => {
    let chunksRead = 0;
    let isClosed = false;
    async function* endless() {
      try {
        for (;;) {
          chunksRead += 1;
          yield [row];
        }
      } finally {
        isClosed = true;
      }
    }
    const reader = csvStream(columns, endless()).getReader();
    await reader.read();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(chunksRead).toBeLessThan(5);
    await reader.cancel();
    expect(isClosed).toBe(true);
  });
});
