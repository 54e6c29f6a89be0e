import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { LAB_POINTS, LAB_SCENARIOS, labPoints, labScenarios } from "~/domain/lab/lab.ts";

const root = resolve(import.meta.dirname, "../..");
const document = readFileSync(resolve(root, "docs/fault-lab.md"), "utf8");

describe("docs/fault-lab.md", () => {
  it("quotes the good receiver as it is tested", () => {
    const receiver = readFileSync(resolve(root, "tests/lab/good-receiver.ts"), "utf8");
    expect(document).toContain(`\`\`\`ts\n${receiver}\`\`\``);
  });

  it("names every point and every scenario", () => {
    for (const point of LAB_POINTS) expect(document).toContain(`| ${labPoints[point].label} |`);
    for (const scenario of LAB_SCENARIOS) expect(document).toContain(`| ${labScenarios[scenario].label} |`);
  });
});
