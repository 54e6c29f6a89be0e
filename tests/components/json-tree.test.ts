import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hexDump } from "~/components/ui/body-hex.tsx";
import { closedAtFirst, jsonTree, moveInTree, revealed, visibleNodes } from "~/components/ui/json-tree.ts";
import { findMatches } from "~/components/ui/text-matches.ts";

const text = '{"a":{"b":[10.00,"x"]},"c":null}';
const tree = (source: string) => jsonTree(source) ?? [];

describe("a JSON text as a tree", () => {
  it("has a node for every value, with its path and its own characters", () => {
    expect(tree(text).map(({ path, start, end }) => [path, text.slice(start, end)])).toEqual([
      ["", text],
      ["a", '{"b":[10.00,"x"]}'],
      ["a.b", '[10.00,"x"]'],
      ["a.b[0]", "10.00"],
      ["a.b[1]", '"x"'],
      ["c", "null"],
    ]);
  });

  it("says the same as a reader of JSON, whatever the body", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const source = JSON.stringify(value);
        for (const { start, end, children, kind } of tree(source)) {
          const read: unknown = JSON.parse(source.slice(start, end));
          const inside = kind === "object" || kind === "array" ? Object.keys(Object(read)).length : 0;
          expect(children).toBe(inside);
        }
      }),
    );
  });

  it("is none of a text that is not JSON", () => {
    expect(jsonTree("{")).toBeNull();
  });

  it("moves by the keys of a tree", () => {
    const nodes = tree(text);
    let move = { place: 0, closed: closedAtFirst(nodes) };
    const press = (key: string) => {
      move = moveInTree(nodes, move, key) ?? move;
      return nodes[move.place]?.path;
    };
    expect(["ArrowDown", "ArrowRight", "End", "Home"].map(press)).toEqual(["a", "a.b", "c", ""]);
    press("ArrowDown");
    expect(press("ArrowLeft")).toBe("a");
    expect(visibleNodes(nodes, move.closed).map((place) => nodes[place]?.path)).toEqual(["", "a", "c"]);
    expect(press("ArrowDown")).toBe("c");
    expect(press("ArrowLeft")).toBe("");
    expect(press("*")).toBe("");
    expect(moveInTree(nodes, move, "q")).toBeNull();
  });

  it("opens what a match lies in", () => {
    const nodes = tree(text);
    expect([...revealed(nodes, new Set([0, 1, 2]), 3)]).toEqual([]);
  });
});

describe("searching", () => {
  it("finds every place, case ignored, and takes the words as they are", () => {
    const { all } = findMatches(["a.A", "b"], "A.");
    expect(all).toEqual([{ line: 0, start: 0, end: 2 }]);
    expect(findMatches(["aXa", "xx"], "x").all).toHaveLength(3);
  });

  it("stops somewhere, and says so", () => {
    expect(findMatches(["a".repeat(5_000)], "a")).toMatchObject({ isCut: true });
  });
});

it("shows bytes as they are", () => {
  expect(hexDump(Uint8Array.of(0x7b, 0x22, 0xff, 0x0a))).toBe(`00000000  ${"7b 22 ff 0a".padEnd(47)}  {"··`);
});
