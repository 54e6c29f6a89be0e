import { describe, expect, it } from "vitest";
import { nextPath } from "~/domain/operators/next-path.ts";

describe("where to go after signing in", () => {
  it("is the page that was asked for, with its search", () => {
    expect(nextPath("/payments?eci=05&eci=06")).toBe("/payments?eci=05&eci=06");
  });

  it.each([
    ["another site", "https://evil.example/"],
    ["another site without a scheme", "//evil.example"],
    ["a backslash, which browsers read as a slash", "/\\evil.example"],
    ["backslashes further in", "/.\\\\evil.example"],
    ["a tab, which browsers drop", "/\t/evil.example"],
    ["a newline, which browsers drop", "/\n/evil.example"],
    ["dots that end in two slashes", "/x/..//evil.example"],
    ["a script", "javascript:alert(1)"],
    ["a relative path", "payments"],
    ["nothing", ""],
    ["the sign-in page itself", "/sign-in?next=/sign-in"],
    ["signing out", "/sign-out"],
  ])("is the overview for %s", (_, asked) => {
    expect(nextPath(asked)).toBe("/");
  });

  it("is the overview when nothing was asked for", () => {
    expect(nextPath(null)).toBe("/");
  });
});
