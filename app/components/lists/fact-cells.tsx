import { failureReading } from "~/xendit/codes/failure.ts";
import { networkLabel } from "~/xendit/codes/network.ts";
import { decode3dsFlow } from "~/xendit/codes/three-ds.ts";
import { flagText } from "~/xendit/flags.ts";
import type { Flag, MissingWebhook } from "~/xendit/projection.ts";
import { Badge } from "../ui/badge.tsx";
import { missingWord } from "./missing-word.ts";

/** Cells of the columns an operator may add. */

export function NetworkCell({ network }: { network: string | null }) {
  return <WordCell word={networkLabel(network)} />;
}

export function FlowCell({ flow }: { flow: string | null }) {
  return flow === null ? <Nothing /> : <WordCell word={decode3dsFlow(flow).short} title={flow} />;
}

export function FailureCell({ code }: { code: string | null }) {
  if (!code) return <Nothing />;
  return <WordCell word={code} title={failureReading(code)?.meaning ?? "No table of ours has this code."} />;
}

export function MissingCell({ missing }: { missing: MissingWebhook | null }) {
  return missing === null ? <Nothing /> : <Badge tone="look">{missingWord[missing]}</Badge>;
}

/** The gravest flag in words, and how many more there are. */
export function FlagsCell({ flags }: { flags: readonly Flag[] }) {
  const texts = flags.map((flag) => flagText[flag]);
  const gravest = texts.find(({ tone }) => tone === "bad") ?? texts.find(({ tone }) => tone === "look") ?? texts[0];
  if (!gravest) return <Nothing />;
  return (
    <span className="inline-flex items-center gap-1.5">
      <Badge tone={gravest.tone} title={gravest.explanation}>
        {gravest.label}
      </Badge>
      {texts.length > 1 && (
        <span className="text-xs text-muted" title={texts.map(({ label }) => label).join("\n")}>
          +{texts.length - 1}
        </span>
      )}
    </span>
  );
}

export function WordCell({ word, title }: { word: string | null; title?: string }) {
  if (!word) return <Nothing />;
  return (
    <span className="inline-block max-w-[200px] truncate align-middle" title={title}>
      {word}
    </span>
  );
}

function Nothing() {
  return <span className="text-faint">–</span>;
}
