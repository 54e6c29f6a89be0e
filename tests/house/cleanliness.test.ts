import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";

const root = resolve(import.meta.dirname, "../..");
const tracked = execFileSync("git", ["ls-files"], { cwd: root, encoding: "utf8" }).split("\n").filter(Boolean);
const text = (file: string) => readFileSync(join(root, file), "utf8");

describe("the repository", () => {
  it("names no download address in its lock file, so that it installs from whatever registry is set", () => {
    expect(text("package-lock.json")).not.toMatch(/"resolved":/);
  });

  it("reads process.env in one place only", () => {
    const readers = tracked.filter(
      (file) => /^(app|db|server)\/.*\.(ts|tsx)$/.test(file) && text(file).includes("process.env"),
    );
    expect(readers.filter((file) => !["app/env.server.ts", "server/index.ts", "server/dev.ts"].includes(file))).toEqual(
      [],
    );
  });

  it("pins every dependency to one version", () => {
    const manifest = JSON.parse(text("package.json")) as Record<
      "dependencies" | "devDependencies",
      Record<string, string>
    >;
    const loose = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies }).filter(
      ([, version]) => !/^\d/.test(version),
    );
    expect(loose).toEqual([]);
  });
});
