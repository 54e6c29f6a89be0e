import { jsonTokens, keyedPath } from "./json-lines.ts";

/** One value of a JSON text, in the order it is read. All nodes of a text are a flat list; children follow their parent. */
export interface TreeNode {
  /** The key as written without its quotes, or `[0]`; empty for the text itself. */
  readonly name: string;
  /** `data.captures[0].capture_id` */
  readonly path: string;
  readonly kind: "object" | "array" | "string" | "number" | "word";
  /** 0 for the text itself. */
  readonly depth: number;
  /** Place in the list of its parent; -1 for the text itself. */
  readonly parent: number;
  /** Its place among its siblings, from 1. */
  readonly position: number;
  /** Where its own characters stand in the text. */
  readonly start: number;
  readonly end: number;
  readonly children: number;
  /** The place after the last of what lies inside it. */
  readonly after: number;
}

/** `null` when the text is not JSON. Reads tokens, so `10000.00` and repeated keys stay what they are. */
export function jsonTree(text: string): readonly TreeNode[] | null {
  try {
    JSON.parse(text);
  } catch {
    return null;
  }
  return grow(text);
}

type Growing = { -readonly [Name in keyof TreeNode]: TreeNode[Name] };

function grow(text: string): readonly TreeNode[] {
  const nodes: Growing[] = [];
  const open: number[] = [];
  let key: string | null = null;
  const tokens = [...jsonTokens(text)];
  for (const [at, { text: token, start }] of tokens.entries()) {
    if (token === "," || token === ":") continue;
    const end = start + token.length;
    if (token === "}" || token === "]") {
      const closed = nodes[open.pop() ?? -1];
      if (closed) Object.assign(closed, { end, after: nodes.length });
      continue;
    }
    if (tokens[at + 1]?.text === ":") {
      key = token;
      continue;
    }
    const parent = open.at(-1) ?? -1;
    const above = nodes[parent];
    if (above) above.children += 1;
    const position = above?.children ?? 1;
    const place = nodes.length;
    nodes.push({
      ...naming(above, key, position),
      kind: kindOf(token),
      depth: open.length,
      parent,
      position,
      start,
      end,
      children: 0,
      after: place + 1,
    });
    key = null;
    if (token === "{" || token === "[") open.push(place);
  }
  return nodes;
}

function naming(above: TreeNode | undefined, key: string | null, position: number): Pick<TreeNode, "name" | "path"> {
  if (!above) return { name: "", path: "" };
  if (key === null) return { name: `[${position - 1}]`, path: `${above.path}[${position - 1}]` };
  return { name: key.slice(1, -1), path: keyedPath(above.path, key) };
}

function kindOf(token: string): TreeNode["kind"] {
  if (token === "{") return "object";
  if (token === "[") return "array";
  if (token.startsWith('"')) return "string";
  return /^[-\d]/.test(token) ? "number" : "word";
}

/** Places of the nodes that are to be seen, in order: all but what lies inside closed ones. */
export function visibleNodes(nodes: readonly TreeNode[], closed: ReadonlySet<number>): readonly number[] {
  const visible: number[] = [];
  let place = 0;
  while (place < nodes.length) {
    visible.push(place);
    place = closed.has(place) ? (nodes[place]?.after ?? nodes.length) : place + 1;
  }
  return visible;
}

/** A small body lies open; of a large one only the upper levels do. */
export function closedAtFirst(nodes: readonly TreeNode[]): ReadonlySet<number> {
  if (nodes.length <= 300) return new Set();
  const deep = nodes.flatMap((node, place) =>
    node.children > 0 && (node.depth > 2 || node.children > 50) ? [place] : [],
  );
  return new Set(deep);
}

export interface TreeMove {
  readonly place: number;
  readonly closed: ReadonlySet<number>;
}

/** What a key does in a tree (WAI-ARIA): where the focus goes and what opens or closes. `null`: not a key of the tree. */
export function moveInTree(nodes: readonly TreeNode[], { place, closed }: TreeMove, key: string): TreeMove | null {
  const visible = visibleNodes(nodes, closed);
  const row = visible.indexOf(place);
  const node = nodes[place];
  if (!node) return null;
  const at = (index: number) => ({ place: visible[Math.max(0, Math.min(visible.length - 1, index))] ?? place, closed });
  switch (key) {
    case "ArrowDown":
      return at(row + 1);
    case "ArrowUp":
      return at(row - 1);
    case "Home":
      return at(0);
    case "End":
      return at(visible.length - 1);
    case "PageDown":
      return at(row + 15);
    case "PageUp":
      return at(row - 15);
    case "ArrowRight":
      if (node.children === 0) return { place, closed };
      return closed.has(place) ? { place, closed: without(closed, [place]) } : at(row + 1);
    case "ArrowLeft":
      if (node.children > 0 && !closed.has(place)) return { place, closed: new Set([...closed, place]) };
      return { place: Math.max(0, node.parent), closed };
    case "Enter":
    case " ":
      return toggled(nodes, { place, closed });
    case "*":
      return { place, closed: without(closed, siblingsOf(nodes, node)) };
    default:
      return null;
  }
}

export function toggled(nodes: readonly TreeNode[], { place, closed }: TreeMove): TreeMove {
  if ((nodes[place]?.children ?? 0) === 0) return { place, closed };
  return { place, closed: closed.has(place) ? without(closed, [place]) : new Set([...closed, place]) };
}

/** Opens everything a node lies in. */
export function revealed(nodes: readonly TreeNode[], closed: ReadonlySet<number>, place: number): ReadonlySet<number> {
  const above: number[] = [];
  for (let parent = nodes[place]?.parent ?? -1; parent >= 0; parent = nodes[parent]?.parent ?? -1) above.push(parent);
  return without(closed, above);
}

function siblingsOf(nodes: readonly TreeNode[], node: TreeNode): readonly number[] {
  return nodes.flatMap((other, place) => (other.parent === node.parent ? [place] : []));
}

function without(closed: ReadonlySet<number>, places: readonly number[]): ReadonlySet<number> {
  const left = new Set(closed);
  for (const place of places) left.delete(place);
  return left;
}
