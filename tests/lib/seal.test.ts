import { describe, expect, it } from "vitest";
import { open, seal } from "~/lib/seal.server.ts";

const key = new Uint8Array(32).fill(1);

describe("a sealed secret", () => {
  it("opens with its key, also when it is empty or not ASCII", () => {
    for (const plain of ["token", "", "kunci rahasia – ключ"]) expect(open(seal(plain, key), key)).toBe(plain);
  });

  it("never looks the same twice and does not show what it holds", () => {
    const sealed = seal("token", key);
    expect(sealed).not.toBe(seal("token", key));
    expect(sealed).not.toContain("token");
  });

  it("does not open with another key, or once any part of it was changed", () => {
    const sealed = seal("token", key);
    expect(() => open(sealed, new Uint8Array(32).fill(2))).toThrow(/ENCRYPTION_KEY/);
    const parts = sealed.split(".");
    for (const index of [1, 2, 3]) {
      const changed = parts.map((part, at) =>
        at === index ? (part.startsWith("A") ? "B" : "A") + part.slice(1) : part,
      );
      expect(() => open(changed.join("."), key)).toThrow();
    }
    expect(() => open([...parts.slice(0, 2), "AAAA", parts[3]].join("."), key)).toThrow();
    expect(() => open("v0.a.b.c", key)).toThrow(/version/);
  });
});
