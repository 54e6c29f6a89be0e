import { clsx } from "clsx";
import { Search } from "lucide-react";
import { useMemo, useState } from "react";
import { Copy } from "./copy.tsx";
import { type JsonLine, type JsonPart, jsonLines } from "./json-lines.ts";

interface BodyViewerProps {
  /** The body as stored. Hostile text: drawn as text, never as markup. */
  readonly text: string;
  /** What it is, for names of buttons: "webhook body". */
  readonly label?: string;
  /** Where the exact bytes can be had. */
  readonly downloadHref?: string;
}

/** Drawing more lines than this at once makes a page crawl; the rest comes on request. */
const FIRST_LINES = 400;

/** A body, pretty or exactly as it came, to search and to copy from; a line's path is copied by its number. */
export function BodyViewer({ text, label = "body", downloadHref }: BodyViewerProps) {
  const lines = useMemo(() => jsonLines(text), [text]);
  const [wantsRaw, setWantsRaw] = useState(false);
  const [query, setQuery] = useState("");
  const raw = wantsRaw || lines === null;
  return (
    <div className="rounded-md border border-line bg-sunken">
      <div className="flex flex-wrap items-center gap-2 border-b border-line px-2 py-1.5">
        <div className="flex overflow-hidden rounded-md border border-line-strong text-sm">
          <ModeButton pressed={!raw} disabled={lines === null} onClick={() => setWantsRaw(false)} text="Pretty" />
          <ModeButton pressed={raw} onClick={() => setWantsRaw(true)} text="Raw" />
        </div>
        <label className="relative">
          <span className="sr-only">Search in {label}</span>
          <Search size={13} aria-hidden className="pointer-events-none absolute top-[7px] left-2 text-faint" />
          <input
            type="search"
            value={query}
            onChange={(event) => setQuery(event.currentTarget.value)}
            placeholder="Search"
            className="control h-7 min-h-0 w-[180px] py-0 pl-7 text-sm"
          />
        </label>
        {query !== "" && <Matches count={countMatches(text, query)} />}
        <span className="ml-auto flex items-center gap-1">
          {downloadHref && (
            <a href={downloadHref} download className="link px-1 text-sm">
              Download
            </a>
          )}
          <Copy text={text} what={label} label="Copy" />
        </span>
      </div>
      {raw ? <RawBody text={text} query={query} /> : <PrettyBody lines={lines ?? []} query={query} />}
    </div>
  );
}

interface ModeButtonProps {
  readonly text: string;
  readonly pressed: boolean;
  readonly disabled?: boolean;
  readonly onClick: () => void;
}

function ModeButton({ text, pressed, disabled, onClick }: ModeButtonProps) {
  return (
    <button
      type="button"
      aria-pressed={pressed}
      disabled={disabled}
      onClick={onClick}
      className={clsx("h-6 px-2.5", pressed ? "bg-selected font-medium" : "bg-surface text-muted disabled:opacity-50")}
    >
      {text}
    </button>
  );
}

function Matches({ count }: { count: number }) {
  return (
    <output className="figures text-sm text-muted">
      {count === 0 ? "no match" : `${count} ${count === 1 ? "match" : "matches"}`}
    </output>
  );
}

function RawBody({ text, query }: { text: string; query: string }) {
  return (
    <pre className="max-h-[560px] overflow-auto p-3 text-[12.5px] leading-5 break-all whitespace-pre-wrap">
      <Marked text={text} query={query} />
    </pre>
  );
}

function PrettyBody({ lines, query }: { lines: readonly JsonLine[]; query: string }) {
  const [shown, setShown] = useState(FIRST_LINES);
  const hidden = lines.length - shown;
  return (
    <div className="max-h-[560px] overflow-auto py-2">
      <ol className="font-mono text-[12.5px] leading-5">
        {lines.slice(0, shown).map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a text have no other name
          <PrettyLine key={index} line={line} number={index + 1} query={query} />
        ))}
      </ol>
      {hidden > 0 && (
        <button type="button" className="link px-3 py-1 text-sm" onClick={() => setShown(lines.length)}>
          Show {hidden} more lines
        </button>
      )}
    </div>
  );
}

function PrettyLine({ line, number, query }: { line: JsonLine; number: number; query: string }) {
  return (
    <li className="group relative flex">
      <span className="figures w-10 shrink-0 pr-3 text-right text-faint select-none">{number}</span>
      <span className="min-w-0 flex-1 break-all whitespace-pre-wrap" style={{ paddingLeft: `${line.indent * 2}ch` }}>
        {line.parts.map((part, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a line have no other name
          <span key={index} className={partLook(part)}>
            <Marked text={part.text} query={query} />
          </span>
        ))}
      </span>
      {line.path && (
        <Copy
          text={line.path}
          what={`path ${line.path}`}
          className="absolute -top-0.5 right-1 bg-sunken opacity-0 group-hover:opacity-100 focus-visible:opacity-100"
        />
      )}
    </li>
  );
}

/** What masking left behind is marked: it is not what the sender wrote. */
function partLook({ kind, text }: JsonPart): string {
  if (kind === "string" && /^"\[(masked|redacted)\]"$/i.test(text)) return "rounded-sm bg-look-soft text-look";
  if (kind === "key") return "text-ink";
  if (kind === "string") return "text-good";
  return kind === "mark" ? "text-faint" : "text-accent";
}

function Marked({ text, query }: { text: string; query: string }) {
  if (query === "") return text;
  const pieces = splitBy(text, query);
  if (pieces.length === 1) return text;
  return pieces.map((piece, index) =>
    index % 2 === 1 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: pieces of a text have no other name
      <mark key={index} className="rounded-sm bg-look-line text-ink">
        {piece}
      </mark>
    ) : (
      piece
    ),
  );
}

/** The text cut at every match, case ignored: between, match, between, match, … */
function splitBy(text: string, query: string): readonly string[] {
  const pattern = new RegExp(`(${query.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")})`, "gi");
  return text.split(pattern);
}

function countMatches(text: string, query: string): number {
  return (splitBy(text, query).length - 1) / 2;
}
