import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { alias: { "~": new URL("./app", import.meta.url).pathname } },
  test: {
    include: ["tests/**/*.test.{ts,tsx}"],
    // A busy machine may keep a timer waiting; what fails twice is broken.
    retry: process.env.CI ? 1 : 0,
    setupFiles: ["tests/setup/setup.ts"],
  },
});
