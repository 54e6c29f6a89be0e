import { clsx } from "clsx";
import type { Clause } from "~/domain/payments/verdict/verdict.ts";
import type { Tone } from "../ui/tone.ts";

/** What is as it should be stays plain ink, so that the eye finds what is not. */
const clauseTone: Record<Tone, string> = {
  good: "text-ink",
  waiting: "text-ink",
  unknown: "text-ink",
  look: "text-look",
  bad: "text-bad",
};

/**
 * The verdict, each clause a link to what proves it. Plain anchors and not the router's links: only a real jump makes
 * its target `:target`, which is what lights the row up.
 */
export function VerdictSentence({ clauses }: { clauses: readonly Clause[] }) {
  return (
    <p className="mt-2 max-w-[96ch] text-base leading-6" data-verdict="">
      {clauses.map((clause, index) => (
        <span key={clause.text}>
          {index > 0 && " "}
          <ClauseLink clause={clause} />
        </span>
      ))}
    </p>
  );
}

function ClauseLink({ clause: { text, evidence, tone } }: { clause: Clause }) {
  if (!evidence) return <span className={clauseTone[tone]}>{text}</span>;
  return (
    <a
      href={evidence.href}
      title={`Evidence: ${evidence.label}`}
      className={clsx(
        clauseTone[tone],
        "rounded-sm underline decoration-line-strong decoration-dotted underline-offset-4 hover:text-accent hover:decoration-accent",
      )}
    >
      {text}
    </a>
  );
}
