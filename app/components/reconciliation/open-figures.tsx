import { Link, useLocation } from "@remix-run/react";
import { clsx } from "clsx";
import { AGES, type Age, ageSpan } from "~/domain/reconciliation/exception.ts";
import type { ExceptionCounts } from "~/domain/reconciliation/exception-counts.server.ts";
import { classText } from "~/xendit/reconcile/class-words.ts";
import { searchWith } from "../table/filter-links.ts";

const pill =
  "inline-flex h-7 shrink-0 items-center gap-1.5 rounded-md border px-2 text-sm whitespace-nowrap hover:bg-hover";

/** Which classes the open ones are of, most frequent first. Each filters the list, and lets go of it again. */
export function OpenClasses({ counts, chosen }: { counts: ExceptionCounts | null; chosen: readonly string[] }) {
  if (!counts || counts.classes.length === 0) return null;
  return (
    <ul
      aria-label="Open exceptions by class"
      className="mb-3 flex gap-2 max-sm:overflow-x-auto max-sm:pb-1 sm:flex-wrap"
    >
      {counts.classes.map(({ class: one, count }) => (
        <li key={one}>
          <Figure param="class" value={one} chosen={chosen} count={count} words={classText[one].label} />
        </li>
      ))}
    </ul>
  );
}

/** How old the open ones are. */
export function OpenAges({ counts, chosen }: { counts: ExceptionCounts | null; chosen: readonly Age[] }) {
  if (!counts || counts.open === 0) return null;
  return (
    <ul aria-label="Open exceptions by age" className="flex flex-wrap gap-2 pb-1.5">
      {AGES.map((age) => (
        <li key={age}>
          <Figure param="age" value={age} chosen={chosen} count={counts.ages[age]} words={ageSpan[age].label} />
        </li>
      ))}
    </ul>
  );
}

interface FigureProps {
  readonly param: string;
  readonly value: string;
  readonly chosen: readonly string[];
  readonly count: number;
  readonly words: string;
}

function Figure({ param, value, chosen, count, words }: FigureProps) {
  const { pathname, search } = useLocation();
  const isChosen = chosen.includes(value);
  const next = isChosen ? chosen.filter((one) => one !== value) : [...chosen, value];
  return (
    <Link
      to={pathname + searchWith(search, param, next)}
      aria-current={isChosen ? "true" : undefined}
      className={clsx(pill, isChosen ? "border-accent bg-selected" : "border-line bg-surface")}
    >
      <span className="figures font-semibold">{count.toLocaleString("en")}</span> {words}
    </Link>
  );
}
