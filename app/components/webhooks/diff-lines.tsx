import { clsx } from "clsx";
import { useState } from "react";
import type { DiffKind, DiffLine } from "~/domain/webhooks/body-diff.ts";
import { Button } from "../ui/button.tsx";

/** Drawing more at once makes a page crawl; the rest comes on request. */
const FIRST_LINES = 400;

interface DiffLinesProps {
  readonly lines: readonly DiffLine[];
  /** What stands on each side, for who cannot see which column is which. */
  readonly names: readonly [left: string, right: string];
}

/** Two bodies field by field: beside each other where there is room, one under the other where there is not. */
export function DiffLines({ lines, names: [left, right] }: DiffLinesProps) {
  const [shown, setShown] = useState(FIRST_LINES);
  const hidden = lines.length - shown;
  return (
    <div className="overflow-hidden rounded-md border border-line bg-surface">
      <div aria-hidden className={clsx(columns, "hidden border-b border-line bg-sunken text-xs text-muted md:grid")}>
        <span className={clsx(cell, "py-1.5")}>Field</span>
        <span className={clsx(cell, "truncate py-1.5")}>{left}</span>
        <span className={clsx(cell, "truncate py-1.5")}>{right}</span>
      </div>
      <ul aria-label="Fields compared" className="divide-y divide-line text-[12.5px] leading-5">
        {lines.slice(0, shown).map((line) => (
          <DiffRow key={`${line.path} ${line.isGroup}`} line={line} />
        ))}
      </ul>
      {hidden > 0 && (
        <div className="border-t border-line px-3 py-2">
          <Button type="button" size="sm" onClick={() => setShown(lines.length)}>
            Show {hidden.toLocaleString("en")} more lines
          </Button>
        </div>
      )}
    </div>
  );
}

const columns = "md:grid md:grid-cols-[minmax(0,5fr)_minmax(0,4fr)_minmax(0,4fr)]";
const cell = "px-3 py-0.5 md:border-l md:border-line md:first:border-l-0";

/** A sign and a colour, and the word for who sees neither. */
const looks: Record<DiffKind, { sign: string; word: string; left: string; right: string }> = {
  same: { sign: "", word: "alike", left: "", right: "" },
  added: { sign: "+", word: "added", left: "", right: "bg-good-soft" },
  removed: { sign: "−", word: "removed", left: "bg-bad-soft", right: "" },
  changed: { sign: "≠", word: "changed", left: "bg-look-soft", right: "bg-look-soft" },
  "type changed": { sign: "≠", word: "type changed", left: "bg-look-soft", right: "bg-look-soft" },
};

function DiffRow({ line }: { line: DiffLine }) {
  const { path, name, depth, isGroup, kind, left, right, note } = line;
  const look = looks[kind];
  return (
    <li className={clsx(columns, kind === "same" && "text-muted")} data-kind={kind}>
      <div className={clsx(cell, "flex min-w-0 items-baseline gap-2")} title={path}>
        <span aria-hidden className={clsx("w-3 shrink-0 text-center font-mono", signTone[kind])}>
          {look.sign}
        </span>
        <span className="min-w-0 flex-1" style={{ paddingLeft: `${Math.min(depth, 8) * 1.5}ch` }}>
          <span className={clsx("font-mono break-all", isGroup ? "text-muted" : "text-ink")}>{name}</span>
          {kind !== "same" && <span className="sr-only"> {look.word}</span>}
          {kind === "type changed" && <span className="ml-2 text-xs text-look">another type</span>}
          {note && <span className="ml-2 text-xs text-muted">{note}</span>}
        </span>
      </div>
      {!isGroup && (
        <>
          <Value text={left} side="left" look={look.left} />
          <Value text={right} side="right" look={look.right} />
        </>
      )}
    </li>
  );
}

const signTone: Record<DiffKind, string> = {
  same: "",
  added: "text-good",
  removed: "text-bad",
  changed: "text-look",
  "type changed": "text-look",
};

function Value({ text, side, look }: { readonly text: string | null; readonly side: string; readonly look: string }) {
  return (
    <div className={clsx(cell, look, "flex min-w-0 gap-2 pl-8 md:pl-3")}>
      <span className="w-9 shrink-0 text-xs leading-5 text-muted md:sr-only">{side}</span>
      {text === null ? (
        <span className="text-faint">not there</span>
      ) : (
        <code className="min-w-0 break-all whitespace-pre-wrap">{text}</code>
      )}
    </div>
  );
}
