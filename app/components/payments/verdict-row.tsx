import type { ReactNode } from "react";
import type { FoundAnomaly } from "~/domain/payments/verdict/anomalies.ts";
import type { CheckedCodes } from "~/domain/payments/verdict/verification.ts";
import type { Alternative, CodeReading } from "~/xendit/codes/reading.ts";
import { CodeBadge } from "../codes/code-badge.tsx";
import { Badge } from "../ui/badge.tsx";

/** One check: its codes in words, nothing left to hovering, and what does not fit. */
export function VerdictRow({
  row: { id, label, readings, anomalies },
  children,
}: {
  row: CheckedCodes;
  children?: ReactNode;
}) {
  return (
    <PanelRow id={id} label={label}>
      {readings.map(({ kind, reading }) => (
        <ReadingWords key={kind} kind={kind} reading={reading} />
      ))}
      {children}
      <Anomalies anomalies={anomalies} />
    </PanelRow>
  );
}

/** A place to jump to, which lights up when it is the one. */
export function PanelRow({ id, label, children }: { id: string; label: string; children: ReactNode }) {
  return (
    <div
      id={id}
      className="grid scroll-mt-20 gap-x-3 gap-y-1 px-4 py-2.5 sm:grid-cols-[92px_minmax(0,1fr)] target:bg-selected target:shadow-[inset_3px_0_0_var(--color-accent)]"
    >
      <dt className="text-sm text-muted">{label}</dt>
      <dd className="flex min-w-0 flex-col gap-2">{children}</dd>
    </div>
  );
}

export function Anomalies({ anomalies }: { anomalies: readonly FoundAnomaly[] }) {
  return anomalies.map(({ label, explanation, tone, evidence }) => (
    <div key={label} className="text-sm">
      <Badge tone={tone}>{label}</Badge>
      <p className="mt-0.5 text-muted">
        {explanation}
        {evidence && (
          <>
            {" "}
            <a href={`#${evidence}`} className="link">
              See it
            </a>
          </>
        )}
      </p>
    </div>
  ));
}

function ReadingWords({ kind, reading }: { kind: string; reading: CodeReading }) {
  const { meaning, alternatives = [], liability, advice, table, sure } = reading;
  return (
    <div className="min-w-0">
      <CodeBadge kind={kind} reading={reading} />
      <p className="mt-1 text-sm">{meaning}</p>
      {alternatives.length > 1 && <BothReadings alternatives={alternatives} />}
      {alternatives.length <= 1 && liability && <p className="text-sm text-muted">{liability}</p>}
      {advice && <p className="text-sm text-muted">{advice}</p>}
      <p className="mt-0.5 text-xs text-faint">
        {table.name} {table.version}, after {table.source}
        {!sure && <span className="text-look"> · this reading is not sure</span>}
      </p>
    </div>
  );
}

function BothReadings({ alternatives }: { alternatives: readonly Alternative[] }) {
  return (
    <ul className="mt-1.5 grid gap-2 sm:grid-cols-2">
      {alternatives.map(({ network, short, meaning, liability }) => (
        <li key={network} className="rounded-sm border border-dashed border-line-strong px-2 py-1.5 text-xs">
          <span className="block text-muted">{network}</span>
          <span className="block font-medium">{short}</span>
          <span className="block">{meaning}</span>
          {liability && <span className="mt-1 block text-muted">{liability}</span>}
        </li>
      ))}
    </ul>
  );
}
