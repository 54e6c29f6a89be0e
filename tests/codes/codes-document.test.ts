import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { codesDocument } from "../../scripts/codes-document.ts";
import { cells, responseFacts } from "./facts.ts";

const document = codesDocument();
const section = (title: string) => document.split("\n## ").find((part) => part.startsWith(title)) ?? "";
const rows = (title: string) => cells(section(title).slice(section(title).indexOf("\n| ")));

describe("docs/codes.md", () => {
  it("is what the rules generate: run `npm run docs:codes` when it is not", () => {
    expect(readFileSync("docs/codes.md", "utf8")).toBe(document);
  });

  it("has all 78 network response codes of the fact sheet, and 00", () => {
    const codes = cells(responseFacts).map(([code]) => code);
    expect(codes).toHaveLength(78);
    expect(rows("Network response codes").map(([code]) => code)).toEqual([...codes, "00"].sort());
  });

  it("has each ECI on each network, each letter paid and declined", () => {
    expect(rows("ECI by network")).toHaveLength(9 * 5);
    expect(rows("CVN results")).toHaveLength(11 * 2);
    expect(rows("AVS results")).toHaveLength(28 * 2);
    expect(rows("Merchant advice codes")).toHaveLength(18);
  });

  it("leaves no cell blank", () => {
    const all = ["Network", "ECI", "CVN", "AVS", "Failure", "Merchant"].flatMap((title) => rows(title));
    expect(all.length).toBeGreaterThan(240);
    expect(all.filter((row) => row.some((cell) => cell === ""))).toEqual([]);
  });

  it("tells shoppers neither of the CVN nor of suspicion, whatever the code", () => {
    const told = ["Network", "CVN", "AVS", "Failure", "Merchant"].flatMap((title) =>
      rows(title).map((row) => row.at(-4)?.replace(/\(Operator:.*\)/, "") ?? ""),
    );
    expect(told.filter((words) => /cvn|cvv|fraud|stolen|suspic|suspect/i.test(words))).toEqual([]);
  });
});
