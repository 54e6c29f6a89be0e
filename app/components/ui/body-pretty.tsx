import { useState } from "react";
import { Copy } from "./copy.tsx";
import type { JsonLine, JsonPart } from "./json-lines.ts";
import { Marked, type PlacedMatch } from "./marked.tsx";

/** What a view of a body is told about the search in it. */
export interface Searched {
  readonly byLine: ReadonlyMap<number, readonly PlacedMatch[]>;
  /** Place of the match one stands at, and its line; -1 for none. */
  readonly current: number;
  readonly currentLine: number;
}

/** Drawing more lines than this at once makes a page crawl; the rest comes on request. */
const FIRST_LINES = 400;
const MORE_LINES = 4_000;
/** Lines the browser lays out together, and only when they come into sight. */
const CHUNK = 100;
const LINE_HEIGHT = 20;

/** Laid out line by line; a line's path and value are copied from its end. */
export function BodyPretty({ lines, searched }: { readonly lines: readonly JsonLine[]; readonly searched: Searched }) {
  const [wanted, setWanted] = useState(FIRST_LINES);
  const shown = Math.min(lines.length, Math.max(wanted, searched.currentLine + CHUNK));
  const chunks = Array.from({ length: Math.ceil(shown / CHUNK) }, (_, index) => index * CHUNK);
  const hidden = lines.length - shown;
  return (
    <div className="py-2">
      {chunks.map((first) => (
        <ol
          key={first}
          className="font-mono text-[12.5px] leading-5"
          style={{ contentVisibility: "auto", containIntrinsicHeight: `auto ${CHUNK * LINE_HEIGHT}px` }}
        >
          {lines.slice(first, Math.min(first + CHUNK, shown)).map((line, index) => (
            <PrettyLine
              // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a text have no other name
              key={index}
              line={line}
              number={first + index + 1}
              matches={searched.byLine.get(first + index)}
              current={searched.current}
            />
          ))}
        </ol>
      ))}
      {hidden > 0 && (
        <button type="button" className="link px-3 py-1 text-sm" onClick={() => setWanted(shown + MORE_LINES)}>
          Show {Math.min(hidden, MORE_LINES).toLocaleString("en")} more of {hidden.toLocaleString("en")} lines
        </button>
      )}
    </div>
  );
}

interface PrettyLineProps {
  readonly line: JsonLine;
  readonly number: number;
  readonly matches: readonly PlacedMatch[] | undefined;
  readonly current: number;
}

function PrettyLine({ line, number, matches, current }: PrettyLineProps) {
  let from = 0;
  return (
    <li className="group relative flex">
      <span className="figures w-12 shrink-0 pr-3 text-right text-faint select-none">{number}</span>
      <span className="min-w-0 flex-1 break-all whitespace-pre-wrap" style={{ paddingLeft: `${line.indent * 2}ch` }}>
        {line.parts.map((part, index) => {
          const at = from;
          from += part.text.length;
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a line have no other name
            <span key={index} className={partLook(part)}>
              <Marked text={part.text} from={at} matches={matches} current={current} />
            </span>
          );
        })}
      </span>
      {line.path && (
        <span className="absolute -top-0.5 right-1 flex bg-sunken opacity-0 group-hover:opacity-100 focus-within:opacity-100">
          <Copy text={line.path} what={`path ${line.path}`} label="path" />
          {line.value !== null && <Copy text={plainValue(line.value)} what={`value of ${line.path}`} label="value" />}
        </span>
      )}
    </li>
  );
}

/** A text without its quotes and escapes; anything else as written. */
export function plainValue(written: string): string {
  if (!written.startsWith('"')) return written;
  const read: unknown = JSON.parse(written);
  return typeof read === "string" ? read : written;
}

/** What masking left behind is marked: it is not what the sender wrote. */
export function partLook({ kind, text }: Pick<JsonPart, "kind" | "text">): string {
  if (kind === "string" && /^"\[(masked|redacted|expunged)\]"$/i.test(text)) return "rounded-sm bg-look-soft text-look";
  if (kind === "key") return "text-ink";
  if (kind === "string") return "text-good";
  return kind === "mark" ? "text-faint" : "text-accent";
}
