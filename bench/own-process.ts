import { spawnSync } from "node:child_process";

/** Runs a part of the bench on a file in a process of its own, and gives what it wrote as JSON. */
export function runChild(part: string, file: string): Record<string, number> {
  const [node, script = ""] = process.argv;
  const child = spawnSync(node ?? process.execPath, [script, `--${part}`, file], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (child.status !== 0) throw new Error(`The process of ${part} ended with ${child.status}`);
  return JSON.parse(child.stdout) as Record<string, number>;
}

/** Kilobytes, everywhere Node runs. */
export function peakMegabytes(): number {
  return Math.round(process.resourceUsage().maxRSS / 1_024);
}

export function tenths(value: number): number {
  return Math.round(value * 10) / 10;
}
