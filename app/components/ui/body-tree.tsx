import { clsx } from "clsx";
import { ChevronRight } from "lucide-react";
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from "react";
import { partLook, plainValue, type Searched } from "./body-pretty.tsx";
import { Copy } from "./copy.tsx";
import {
  closedAtFirst,
  moveInTree,
  revealed,
  type TreeMove,
  type TreeNode,
  toggled,
  visibleNodes,
} from "./json-tree.ts";
import { Marked, type PlacedMatch } from "./marked.tsx";

const ROW = 24;
const HEIGHT = 520;
/** Rows drawn beyond what is in sight, so that scrolling meets no gap. */
const MARGIN = 12;

interface BodyTreeProps {
  readonly text: string;
  readonly nodes: readonly TreeNode[];
  readonly label: string;
  readonly searched: Searched;
}

/** A body to open and close, by mouse or by the keys of a tree. Only the rows in sight are drawn. */
export function BodyTree({ text, nodes, label, searched }: BodyTreeProps) {
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const [move, setMove] = useState<TreeMove>(() => ({ place: 0, closed: closedAtFirst(nodes) }));
  const [top, setTop] = useState(0);
  const visible = useMemo(() => visibleNodes(nodes, move.closed), [nodes, move.closed]);
  const row = visible.indexOf(move.place);

  // Whatever lies around the match one steps to is opened, and it becomes the row one stands on.
  const { currentLine } = searched;
  useEffect(() => {
    if (currentLine < 0) return;
    setMove(({ closed }) => ({ place: currentLine, closed: revealed(nodes, closed, currentLine) }));
  }, [currentLine, nodes]);

  useEffect(() => {
    const shown = box.current;
    if (!shown || row < 0) return;
    if (row * ROW < shown.scrollTop) shown.scrollTop = row * ROW;
    else if ((row + 1) * ROW > shown.scrollTop + shown.clientHeight)
      shown.scrollTop = (row + 1) * ROW - shown.clientHeight;
  }, [row]);

  function onKeyDown(event: KeyboardEvent) {
    const current = nodes[move.place];
    if (event.key === "c" && (event.ctrlKey || event.metaKey) && current && !window.getSelection()?.toString()) {
      void navigator.clipboard?.writeText(valueText(text, current));
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const next = moveInTree(nodes, move, event.key);
    if (!next) return;
    event.preventDefault();
    event.stopPropagation();
    setMove(next);
  }

  const first = Math.max(0, Math.floor(top / ROW) - MARGIN);
  const drawn = visible.slice(first, Math.ceil((top + HEIGHT) / ROW) + MARGIN);
  return (
    <>
      <div
        ref={box}
        role="tree"
        aria-label={label}
        tabIndex={0}
        aria-activedescendant={`${id}-${move.place}`}
        onKeyDown={onKeyDown}
        onScroll={(event) => setTop(event.currentTarget.scrollTop)}
        className="overflow-auto py-1 font-mono text-[12.5px] outline-offset-[-2px]"
        style={{ maxHeight: HEIGHT }}
      >
        <div style={{ height: visible.length * ROW, paddingTop: first * ROW }}>
          {drawn.map((place) => {
            const node = nodes[place];
            if (!node) return null;
            return (
              <TreeRow
                key={place}
                id={`${id}-${place}`}
                node={node}
                siblings={nodes[node.parent]?.children ?? 1}
                written={text.slice(node.start, node.end)}
                isActive={place === move.place}
                isOpen={node.children > 0 ? !move.closed.has(place) : undefined}
                matches={searched.byLine.get(place)}
                current={searched.current}
                onPick={() => setMove({ ...move, place })}
                onToggle={() => setMove(toggled(nodes, { ...move, place }))}
              />
            );
          })}
        </div>
      </div>
      <TreeFoot text={text} node={nodes[move.place]} />
    </>
  );
}

interface TreeRowProps {
  readonly id: string;
  readonly node: TreeNode;
  readonly siblings: number;
  readonly written: string;
  readonly isActive: boolean;
  readonly isOpen: boolean | undefined;
  readonly matches: readonly PlacedMatch[] | undefined;
  readonly current: number;
  readonly onPick: () => void;
  readonly onToggle: () => void;
}

function TreeRow({ id, node, written, isActive, isOpen, matches, current, ...on }: TreeRowProps) {
  const isLeaf = node.kind !== "object" && node.kind !== "array";
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree around it takes the keys
    <div
      id={id}
      role="treeitem"
      tabIndex={-1}
      aria-level={node.depth + 1}
      aria-setsize={on.siblings}
      aria-posinset={node.position}
      aria-expanded={isOpen}
      aria-selected={isActive}
      onClick={() => (isOpen === undefined ? on.onPick() : on.onToggle())}
      className={clsx("flex cursor-default items-center pr-3 whitespace-pre", isActive && "bg-selected")}
      style={{ height: ROW, paddingLeft: `${8 + node.depth * 16}px` }}
    >
      <ChevronRight
        size={13}
        aria-hidden
        className={clsx("mr-1 shrink-0 text-faint", isOpen && "rotate-90", isOpen === undefined && "invisible")}
      />
      {node.name !== "" && (
        <span className="shrink-0 text-ink">
          <Marked text={node.name} matches={matches} current={current} />
          <span className="text-faint">: </span>
        </span>
      )}
      {isLeaf ? (
        <span className={clsx("min-w-0 truncate", partLook({ kind: leafKind(node), text: written }))}>
          <Marked text={written} from={leafStart(node)} matches={matches} current={current} />
        </span>
      ) : (
        <span className="text-faint">{childrenText(node)}</span>
      )}
    </div>
  );
}

/** Where one stands: the whole path and what can be copied of it. */
function TreeFoot({ text, node }: { readonly text: string; readonly node: TreeNode | undefined }) {
  if (!node) return null;
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-3 border-t border-line px-3 py-1 text-sm">
      <span className="min-w-0 flex-1 font-mono text-[12.5px] break-all text-muted">
        {node.path || "the whole body"}
      </span>
      <span className="flex">
        {node.path && <Copy text={node.path} what={`path ${node.path}`} label="Copy path" />}
        <Copy text={valueText(text, node)} what={`value of ${node.path || "the whole body"}`} label="Copy value" />
      </span>
    </div>
  );
}

/** The text of a row as it is searched: its name, and a leaf's value as written. */
export function treeRowText(text: string, node: TreeNode): string {
  const isLeaf = node.kind !== "object" && node.kind !== "array";
  return isLeaf ? `${node.name}\n${text.slice(node.start, node.end)}` : node.name;
}

function leafStart(node: TreeNode): number {
  return node.name.length + 1;
}

function leafKind({ kind }: TreeNode): "string" | "number" | "word" {
  return kind === "object" || kind === "array" ? "word" : kind;
}

function childrenText({ kind, children }: TreeNode): string {
  const [one, many] = kind === "object" ? ["field", "fields"] : ["item", "items"];
  const marks = kind === "object" ? "{}" : "[]";
  return `${marks} ${children.toLocaleString("en")} ${children === 1 ? one : many}`;
}

function valueText(text: string, node: TreeNode): string {
  return plainValue(text.slice(node.start, node.end));
}
