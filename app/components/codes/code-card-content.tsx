import type { ReactNode } from "react";
import type { CodeReading } from "~/xendit/codes/reading.ts";
import { Badge } from "../ui/badge.tsx";

const networkSources: Record<string, string> = {
  payment_details: "the payment's details",
  card_details: "the card's details",
  token: "the saved card",
  dispute: "a dispute",
};

/** All that is known of a code: what it means, for which network, who says so, who is liable, what to do. */
export function CodeCardContent({ reading, kind }: { reading: CodeReading; kind?: string }) {
  const blank = reading.code === null || reading.code === "";
  // Some meanings already tell every reading in one sentence.
  const alternatives = (reading.alternatives ?? []).filter((one) => !reading.meaning.includes(one.meaning));
  return (
    <div className="flex flex-col gap-2 text-ink">
      <div className="flex flex-wrap items-center gap-2">
        <span className="figures font-semibold">
          {kind ? `${kind} ` : ""}
          {blank ? "–" : reading.code}
        </span>
        <Badge tone={reading.tone}>{reading.short}</Badge>
      </div>
      <p>{reading.meaning}</p>
      {alternatives.length > 0 && (
        <ul className="flex flex-col gap-1">
          {alternatives.map((one) => (
            <li key={one.network}>
              <span className="font-medium">{one.network}:</span> {one.meaning || one.short}
            </li>
          ))}
        </ul>
      )}
      <dl className="grid grid-cols-[72px_minmax(0,1fr)] gap-x-2 gap-y-1">
        {!blank && <CardFact label="Network">{networkText(reading)}</CardFact>}
        {reading.liability && <CardFact label="Liability">{reading.liability}</CardFact>}
        {reading.advice && <CardFact label="What to do">{reading.advice}</CardFact>}
        <CardFact label="Table">
          {reading.table.name} {reading.table.version}
          <span className="block text-xs text-muted">{reading.table.source}</span>
        </CardFact>
      </dl>
      {!reading.sure && <p className="text-xs text-look">This reading is not sure.</p>}
    </div>
  );
}

function CardFact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{label}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </>
  );
}

function networkText({ network, networkFrom }: CodeReading): string {
  if (!network) return "not known";
  return networkFrom ? `${network}, from ${networkSources[networkFrom] ?? networkFrom}` : network;
}
