import { clsx } from "clsx";
import { useDeferredValue, useEffect, useMemo, useRef, useState } from "react";
import { BodyHex } from "./body-hex.tsx";
import { BodyPretty, type Searched } from "./body-pretty.tsx";
import { BodyRaw } from "./body-raw.tsx";
import { BodySearch } from "./body-search.tsx";
import { BodyTree, treeRowText } from "./body-tree.tsx";
import { Copy } from "./copy.tsx";
import { jsonLines } from "./json-lines.ts";
import { jsonTree } from "./json-tree.ts";
import { findMatches, matchesByLine } from "./text-matches.ts";

interface BodyViewerProps {
  /** The body as stored. Hostile text: drawn as text, never as markup. */
  readonly text: string;
  /** What it is, for names of buttons: "webhook body". */
  readonly label?: string;
  /** Where the exact bytes can be had. */
  readonly downloadHref?: string;
  /** The bytes themselves, where they may be shown; a constant function as long as they are the same. */
  readonly bytes?: () => Uint8Array;
}

const modes = { pretty: "Pretty", tree: "Tree", raw: "Raw", hex: "Bytes" } as const;
type Mode = keyof typeof modes;

/** A body laid out, as a tree, exactly as it came, or byte by byte; to search and to copy from. */
export function BodyViewer({ text, label = "body", downloadHref, bytes }: BodyViewerProps) {
  const lines = useMemo(() => jsonLines(text), [text]);
  const [wanted, setMode] = useState<Mode>("pretty");
  const mode = lines === null && (wanted === "pretty" || wanted === "tree") ? "raw" : wanted;
  const nodes = useMemo(() => (mode === "tree" ? jsonTree(text) : null), [mode, text]);
  const search = useSearch(`${mode} ${text}`, () => {
    if (mode === "pretty") return (lines ?? []).map((line) => line.parts.map((part) => part.text).join(""));
    return mode === "tree" ? (nodes ?? []).map((node) => treeRowText(text, node)) : mode === "raw" ? [text] : [];
  });
  const { searched } = search;
  return (
    <div className="rounded-md border border-line bg-sunken">
      <div className="flex flex-wrap items-center gap-2 border-b border-line px-2 py-1.5">
        <fieldset className="flex overflow-hidden rounded-md border border-line-strong text-sm">
          <legend className="sr-only">How the {label} is shown</legend>
          {(Object.keys(modes) as Mode[]).map((one) =>
            one === "hex" && !bytes ? null : (
              <ModeButton
                key={one}
                text={modes[one]}
                pressed={mode === one}
                disabled={lines === null && (one === "pretty" || one === "tree")}
                onClick={() => setMode(one)}
              />
            ),
          )}
        </fieldset>
        {mode !== "hex" && <BodySearch label={label} {...search} />}
        <span className="ml-auto flex items-center gap-1">
          {downloadHref && (
            <a href={downloadHref} download className="link px-1 text-sm">
              Download
            </a>
          )}
          <Copy text={text} what={label} label="Copy" />
        </span>
      </div>
      {mode === "tree" && nodes ? (
        <BodyTree text={text} nodes={nodes} label={label} searched={searched} />
      ) : (
        // What scrolls must be reachable by keyboard, even when nothing in it takes the focus.
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys scroll what has the focus
        <div ref={search.box} tabIndex={0} className="max-h-[560px] overflow-auto">
          {mode === "pretty" && <BodyPretty lines={lines ?? []} searched={searched} />}
          {mode === "raw" && <BodyRaw text={text} searched={searched} />}
          {mode === "hex" && bytes && <BodyHex read={bytes} />}
        </div>
      )}
    </div>
  );
}

/**
 * What is searched for, where it stands, and which match one stands at. `readLines` gives the
 * lines of `shown`, and is asked only while there is a query.
 */
function useSearch(shown: string, readLines: () => readonly string[]) {
  const [query, setQuery] = useState("");
  const [current, setCurrent] = useState(-1);
  const asked = useDeferredValue(query);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the lines follow from what is shown
  const matches = useMemo(() => findMatches(asked === "" ? [] : readLines(), asked), [asked, shown]);
  const byLine = useMemo(() => matchesByLine(matches), [matches]);
  const at = matches.all[current] ? current : -1;
  const searched: Searched = { byLine, current: at, currentLine: matches.all[at]?.line ?? -1 };
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (at >= 0) box.current?.querySelector(`[data-match="${at}"]`)?.scrollIntoView({ block: "nearest" });
  }, [at]);
  return {
    query,
    matches,
    current: at,
    searched,
    box,
    onQuery(next: string) {
      setQuery(next);
      setCurrent(-1);
    },
    onStep(by: 1 | -1) {
      const count = matches.all.length;
      if (count > 0) setCurrent((at + by + count + (at < 0 && by < 0 ? 1 : 0)) % count);
    },
  };
}

interface ModeButtonProps {
  readonly text: string;
  readonly pressed: boolean;
  readonly disabled: boolean;
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
