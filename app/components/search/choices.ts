import type { DescribedTarget, Reason, Suggestions } from "~/domain/search/search-answer.ts";
import { type Environment, environmentLabel } from "~/lib/environment.ts";
import { paths, withParams } from "~/lib/paths.ts";

/** One line of the search box's list. */
export type Choice =
  | { readonly type: "target"; readonly key: string; readonly target: DescribedTarget; readonly reason: Reason | null }
  | { readonly type: "link"; readonly key: string; readonly text: string; readonly href: string }
  | {
      readonly type: "ask";
      readonly key: string;
      readonly text: string;
      readonly id: string;
      readonly environment: Environment;
    };

export interface Section {
  readonly id: string;
  readonly title: string;
  readonly choices: readonly Choice[];
}

/** The list's sections, in the order the arrow keys walk them. */
export function sectionsOf({ answer, recent }: Suggestions, environment: Environment): readonly Section[] {
  if (!answer) return recent.length > 0 ? [recentSection(recent)] : [];
  const { groups, unknown, text } = answer;
  const found = groups.map(({ id, title, hits, more }): Section => {
    const targets = hits.map(
      (hit): Choice => ({ type: "target", key: `${id}-${hit.environment}-${hit.id}`, target: hit, reason: hit.reason }),
    );
    return { id, title, choices: more ? [...targets, { type: "link", key: `${id}-more`, ...more }] : targets };
  });
  if (unknown) {
    const choices = unknown.environments.map(
      (place): Choice => ({
        type: "ask",
        key: `ask-${place}`,
        text: `Ask Xendit in ${environmentLabel[place]}`,
        id: unknown.value,
        environment: place,
      }),
    );
    if (choices.length > 0) found.push({ id: "ask", title: "Xendit may know it", choices });
  }
  if (groups.length < 2) return found;
  const all = withParams(paths.search(), { q: text, environment });
  return [...found, { id: "all", title: "", choices: [{ type: "link", key: "all", text: "All results", href: all }] }];
}

function recentSection(recent: readonly DescribedTarget[]): Section {
  return {
    id: "recent",
    title: "Recent look-ups",
    choices: recent
      .slice(0, 8)
      .map((target) => ({ type: "target", key: `${target.environment}-${target.id}`, target, reason: null })),
  };
}

/** What a screen reader is told once the list has changed; `null` says nothing. */
export function announcement({ answer, recent }: Suggestions): string | null {
  if (!answer) return recent.length > 0 ? `${recent.length} recent look-ups` : null;
  const count = answer.groups.reduce((sum, { hits, more }) => sum + (hits.length || (more ? 1 : 0)), 0);
  if (answer.unknown) return `No ${answer.unknown.noun} has this id.`;
  return count === 0 ? "Nothing found" : count === 1 ? "1 result" : `${count} results`;
}
