// `npm test`: everything that must pass. Types and lint beside the build, then every test, browser included. The last line
// adds it all up; a skipped test is a failure, because nobody would notice it otherwise.
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isBuilt, root } from "./build-state.mjs";
import { findChromium } from "./find-chromium.mjs";

const MONTH = "tests/reconciliation/match-month.test.ts";

process.chdir(root);
const bin = (name) => join(root, "node_modules/.bin", name);

if (!findChromium() && !installChromium()) {
  fail("The browser tests need Chromium: install it (Debian: apt-get install chromium) or set CHROMIUM_PATH to one.");
}
const checks = await Promise.all([
  check("types", bin("tsc"), []),
  check("lint", bin("biome"), ["check", "."]),
  isBuilt() ? { name: "build", ok: true } : check("build", "npm", ["run", "--silent", "build"]),
]);
const isBuildOk = checks.every((one) => one.ok || one.name !== "build");
const asked = process.argv.slice(2);
const tests = isBuildOk
  ? runTests(asked.length > 0 ? asked : ["--exclude", MONTH])
  : { passed: 0, failed: 1, skipped: [] };
// The whole planted month, by itself: its minutes of work would slow down every browser test beside it.
if (isBuildOk && asked.length === 0) add(tests, runTests([MONTH], { PLANTED_PAYMENTS: "200000" }));

const broken = checks.filter((one) => !one.ok);
for (const one of broken) process.stdout.write(`\n${one.name} failed:\n${one.output}\n`);
for (const name of tests.skipped) process.stdout.write(`\nskipped, which counts as failed: ${name}\n`);
const passed = checks.length - broken.length + tests.passed;
const failed = broken.length + tests.failed + tests.skipped.length;
process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 ? 0 : 1;

function add(tests, more) {
  tests.passed += more.passed;
  tests.failed += more.failed;
  tests.skipped.push(...more.skipped);
}

function runTests(args, env = {}) {
  const folder = mkdtempSync(join(tmpdir(), "paydesk-test-"));
  const report = join(folder, "report.json");
  const run = spawnSync(
    bin("vitest"),
    ["run", "--reporter=default", "--reporter=json", `--outputFile.json=${report}`, ...args],
    { stdio: "inherit", env: { ...process.env, ...env } },
  );
  try {
    return readReport(report, run.status);
  } catch {
    return { passed: 0, failed: 1, skipped: [] };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readReport(report, status) {
  const { testResults } = JSON.parse(readFileSync(report, "utf8"));
  const all = testResults.flatMap((file) => file.assertionResults);
  const count = (wanted) => all.filter((test) => test.status === wanted).length;
  const brokenFiles = testResults.filter(
    (file) => file.status === "failed" && !file.assertionResults.some((one) => one.status === "failed"),
  );
  const failed = count("failed") + brokenFiles.length;
  return {
    passed: count("passed"),
    // An error outside of any test fails the run without failing a test.
    failed: failed === 0 && status !== 0 ? 1 : failed,
    skipped: all.filter((test) => !["passed", "failed"].includes(test.status)).map((test) => test.fullName),
  };
}

function check(name, command, args) {
  return new Promise((resolve) => {
    const chunks = [];
    const child = spawn(command, args, { cwd: root });
    child.stdout.on("data", (chunk) => chunks.push(chunk));
    child.stderr.on("data", (chunk) => chunks.push(chunk));
    child.on("error", (error) => resolve({ name, ok: false, output: error.message }));
    child.on("close", (code) => {
      process.stdout.write(`${name} ${code === 0 ? "ok" : "failed"}\n`);
      resolve({ name, ok: code === 0, output: Buffer.concat(chunks).toString() });
    });
  });
}

function installChromium() {
  if (process.getuid?.() !== 0) return false;
  process.stdout.write("Installing Chromium for the browser tests …\n");
  const options = { stdio: "ignore", env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } };
  spawnSync("apt-get", ["update"], options);
  spawnSync("apt-get", ["install", "-y", "--no-install-recommends", "chromium"], options);
  return findChromium() !== null;
}

function fail(line) {
  process.stdout.write(`${line}\n\n0 passed, 1 failed\n`);
  process.exit(1);
}
