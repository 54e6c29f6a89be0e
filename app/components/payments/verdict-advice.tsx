import type { ReactNode } from "react";
import type { MakesSense, Retry, ShopperWords } from "~/domain/payments/verdict/verdict.ts";
import { Badge } from "../ui/badge.tsx";
import { Copy } from "../ui/copy.tsx";
import type { Tone } from "../ui/tone.ts";

const senses: Record<MakesSense, { readonly word: string; readonly tone: Tone }> = {
  yes: { word: "Yes", tone: "good" },
  no: { word: "No", tone: "bad" },
  later: { word: "Later", tone: "waiting" },
  "check-first": { word: "Check first", tone: "look" },
  unknown: { word: "Not known", tone: "unknown" },
  "not-needed": { word: "Not needed", tone: "unknown" },
};

/** What to say to the shopper and whether to try again: the two things support is asked next. */
export function VerdictAdvice({ tellShopper, retry }: { tellShopper: ShopperWords | null; retry: Retry }) {
  const { word, tone } = senses[retry.makesSense];
  return (
    <dl className="mt-3 grid gap-x-8 gap-y-3 border-t border-line pt-3 md:grid-cols-2">
      {tellShopper && (
        <Advice
          label="Tell the shopper"
          action={<Copy text={tellShopper.text} what="what to tell the shopper" />}
          note={tellShopper.caution && `For you alone: ${tellShopper.caution}`}
        >
          {tellShopper.text}
        </Advice>
      )}
      <Advice label="Retry?" action={<Badge tone={tone}>{word}</Badge>} note={`Said by: ${lowerFirst(retry.source)}`}>
        {retry.text}
      </Advice>
    </dl>
  );
}

interface AdviceProps {
  readonly label: string;
  readonly action: ReactNode;
  readonly note: string | null;
  readonly children: ReactNode;
}

function Advice({ label, action, note, children }: AdviceProps) {
  return (
    <div className="min-w-0">
      <dt className="flex h-6 items-center gap-1.5 text-sm text-muted">
        {label}
        {action}
      </dt>
      <dd className="mt-0.5 max-w-[72ch]">
        {children}
        {note && <span className="mt-0.5 block text-xs text-muted">{note}</span>}
      </dd>
    </div>
  );
}

/** A code that begins the phrase keeps its capitals. */
function lowerFirst(text: string): string {
  return /^[A-Z][a-z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}
