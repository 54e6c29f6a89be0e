import type { LastMatch } from "./last-match.server.ts";

/** A match follows every report and every change of the rules: what came after the last one is being matched now. */
export function isMatchUnderWay({ since }: Pick<LastMatch, "since">): boolean {
  return since.imports > 0 || since.unmatchedRows > 0 || since.isRuleChanged;
}

/** Figures that change by themselves, soon. */
export function isOnItsWay(match: LastMatch): boolean {
  return match.importing > 0 || isMatchUnderWay(match);
}
