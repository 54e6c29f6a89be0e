import { Link, useNavigate } from "@remix-run/react";
import { Fragment } from "react";
import type { CodeCount } from "~/domain/overview/overview.ts";
import type { CodeReading } from "~/xendit/codes/reading.ts";
import { BarsByCode } from "../charts/bars-by-code.tsx";
import { percent } from "../charts/rate-line.tsx";
import { CodeBadge } from "../codes/code-badge.tsx";
import { useCodeCard } from "../codes/code-card.tsx";
import { Panel } from "../ui/panel.tsx";
import type { Tone } from "../ui/tone.ts";
import { figure } from "./outcome-words.ts";

interface MixPanelProps {
  readonly id: string;
  readonly title: string;
  readonly kind: string;
  readonly codes: readonly CodeCount[];
  readonly read: (code: string | null) => CodeReading;
  readonly href: (code: string) => string;
  /** Under the table: what is counted. */
  readonly note?: string;
  /** For codes that are whole words: each stands under its meaning instead of in a pill. */
  readonly long?: boolean;
}

/** Bars beyond this are lost in each other; the table has them all. */
const MOST_BARS = 10;

const markColour: Record<Tone, string> = {
  good: "var(--color-good-mark)",
  bad: "var(--color-bad-mark)",
  waiting: "var(--color-waiting-mark)",
  look: "var(--color-look-mark)",
  unknown: "var(--color-unknown-mark)",
};

/** How often each code came: a bar and a row for each, both leading to the payments behind them. */
export function MixPanel({ id, title, kind, codes, read, href, note, long }: MixPanelProps) {
  const navigate = useNavigate();
  const rows = codes.map((one) => ({ ...one, reading: read(one.code === "" ? null : one.code) }));
  const total = codes.reduce((sum, one) => sum + one.count, 0);
  const bars = rows.slice(0, MOST_BARS).map(({ code, count, reading }) => ({
    id: code,
    label: code === "" ? "–" : barLabel(code, reading),
    count,
    colour: markColour[reading.tone],
  }));
  function open(index: number) {
    const row = rows[index];
    if (row) navigate(href(row.code));
  }
  return (
    <Panel title={title} id={id}>
      {rows.length === 0 ? (
        <p className="text-sm text-muted">None in this range.</p>
      ) : (
        <div className="grid gap-4 sm:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
          <BarsByCode label={title} bars={bars} onOpen={open} />
          <div className="overflow-x-auto">
            <table className="plain-table" aria-label={title}>
              <thead>
                <tr>
                  <th scope="col">{kind}</th>
                  <th scope="col" data-align="right">
                    Payments
                  </th>
                  <th scope="col" data-align="right">
                    Share
                  </th>
                </tr>
              </thead>
              <tbody>
                {rows.map(({ code, count, reading }) => (
                  <tr key={code}>
                    <td className="w-full max-w-0">
                      {long ? <LongCode reading={reading} kind={kind} /> : <CodeBadge reading={reading} kind={kind} />}
                    </td>
                    <td data-align="right">
                      <Link to={href(code)} className="link">
                        {figure(count)}
                      </Link>
                    </td>
                    <td data-align="right" className="whitespace-nowrap">
                      {percent(count / total)}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </div>
      )}
      {note && <p className="mt-2 text-sm text-muted">{note}</p>}
    </Panel>
  );
}

/** `Issuer declined` over `DECLINED_BY_ISSUER`, which may break at its underscores. */
function LongCode({ reading, kind }: { reading: CodeReading; kind: string }) {
  const card = useCodeCard(reading, kind);
  const parts = (reading.code ?? "").split("_");
  return (
    <button type="button" className="block cursor-help py-0.5 text-left" {...card}>
      <span className="block">{reading.short}</span>
      <span className="block font-mono text-xs break-words text-muted">
        {parts.map((part, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one code, in their order
          <Fragment key={index}>
            {index > 0 && "_"}
            {index > 0 && <wbr />}
            {part}
          </Fragment>
        ))}
      </span>
    </button>
  );
}

/** A failure code is too long to stand beside a bar; its short word may have to be cut as well. */
function barLabel(code: string, reading: CodeReading): string {
  if (code.length <= 4) return code;
  return reading.short.length > 16 ? `${reading.short.slice(0, 15)}…` : reading.short;
}
