import type { CheckView } from "../../checks/check.ts";
import { type TimelineEntry, timelineEntry } from "./timeline-entry.ts";

/** An operator's *Check with Xendit*; what it found field by field stands in its panel. */
export function checkEntry({ checkId, at, by, summary }: CheckView): TimelineEntry {
  return timelineEntry({
    key: `check-${checkId}`,
    kind: "check",
    tone: summary.tone === "good" ? "unknown" : summary.tone,
    at,
    title: "Checked with Xendit",
    detail: `${summary.text.replace(/\.$/, "")}, by ${by}`,
    link: { path: "#check", text: "What it found" },
  });
}
