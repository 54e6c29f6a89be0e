import { z } from "zod";
import type { ListName } from "~/db.server.ts";

export type { ListName };
export const LISTS = ["payments", "sessions", "webhooks"] as const satisfies readonly ListName[];

/** The columns a list can show, by id. The pinned one is always there and always first: it is the row's link. */
interface ListColumns {
  readonly pinned: string;
  /** After the pinned one, in the order outsiders rely on (DESIGN 7). */
  readonly standard: readonly string[];
  /** Offered, and shown to whoever asks for them. */
  readonly extra: readonly string[];
}

export const LIST_COLUMNS = {
  payments: {
    pinned: "payment_request",
    standard: ["reference", "amount", "status", "eci", "cvn", "avs", "response", "created"],
    extra: [
      "failure",
      "network",
      "flow",
      "captured",
      "captured_at",
      "refunded",
      "anomaly",
      "missing",
      "payment",
      "session",
    ],
  },
  sessions: {
    pinned: "session",
    standard: ["payment_request", "reference", "amount", "status", "eci", "cvn", "avs", "created"],
    extra: ["network", "flow", "missing", "flags", "expires"],
  },
  webhooks: {
    pinned: "event",
    standard: ["payment_request", "state", "eci", "cvn", "avs", "receipts", "received"],
    extra: ["event_id", "about", "status", "response", "network", "reason", "last_received"],
  },
} as const satisfies Record<ListName, ListColumns>;

/** What an operator's choice comes to: known columns once each, in their order, after the pinned one. */
export function settleColumns(list: ListName, chosen: readonly string[] | undefined): readonly string[] {
  const { pinned, standard, extra }: ListColumns = LIST_COLUMNS[list];
  if (!chosen) return [pinned, ...standard];
  const known = new Set([...standard, ...extra]);
  return [pinned, ...new Set(chosen.filter((id) => known.has(id)))];
}

/** Every column of a list in the order its menu shows them: those on screen, then the others. */
export function offeredColumns(list: ListName, shown: readonly string[]): readonly string[] {
  const { pinned, standard, extra }: ListColumns = LIST_COLUMNS[list];
  return [...new Set([...shown, pinned, ...standard, ...extra])];
}

/** What the columns menu sends: those ticked, in order, and a step of one of them if that was the button pressed. */
export const ColumnsForm = z.object({
  list: z.enum(LISTS),
  columns: z.array(z.string().max(40)).max(60),
  move: z
    .string()
    .regex(/^(up|down):[a-z_]{1,40}$/)
    .optional(),
  reset: z.literal("yes").optional(),
});
export type ColumnsForm = z.infer<typeof ColumnsForm>;

/** The choice a form makes; `undefined` is the list's own again. */
export function chosenColumns({ list, columns, move, reset }: ColumnsForm): readonly string[] | undefined {
  if (reset) return undefined;
  const chosen = [...settleColumns(list, columns)];
  const [direction, id = ""] = move?.split(":") ?? [];
  const from = chosen.indexOf(id);
  const to = direction === "up" ? from - 1 : from + 1;
  // The first place is the pinned column's.
  if (move && from > 0 && to > 0 && to < chosen.length) chosen.splice(to, 0, ...chosen.splice(from, 1));
  return chosen;
}
