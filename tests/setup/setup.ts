import { afterEach, expect, vi } from "vitest";

// An unexpected console.error is a failure: React and Remix report real mistakes there.
const consoleError = vi.spyOn(console, "error").mockImplementation(() => {});

afterEach(() => {
  const calls = consoleError.mock.calls.splice(0);
  expect(calls, "unexpected console.error").toEqual([]);
});
