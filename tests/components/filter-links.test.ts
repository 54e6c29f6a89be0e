import { describe, expect, it } from "vitest";
import { keptParams, submittedSearch, valuesOf, withoutParams } from "~/components/table/filter-links.ts";

describe("a filter chip", () => {
  const search = "?eci=05&eci=06&cvn=N&environment=test&cursor=n.1.pr-1&q=";

  it("carries the other filters along, but never the cursor: another filter is another list", () => {
    expect(keptParams(search, ["eci"])).toEqual([
      ["cvn", "N"],
      ["environment", "test"],
    ]);
  });

  it("is taken off without touching the others", () => {
    expect(withoutParams(search, ["eci"])).toBe("?cvn=N&environment=test");
    expect(withoutParams("?eci=05", ["eci"])).toBe("");
  });

  it("shows each of its values once", () => {
    expect(valuesOf("?eci=05&eci=05&eci=", "eci")).toEqual(["05"]);
  });

  it("leaves fields left empty out of the URL, and a code that is both ticked and typed in it once", () => {
    const form = new FormData();
    for (const [name, value] of [
      ["environment", "test"],
      ["eci", "05"],
      ["eci", " 05 "],
      ["from", ""],
      ["q", "  "],
    ] as const) {
      form.append(name, value);
    }
    expect(submittedSearch(form)).toBe("?environment=test&eci=05");
  });
});
