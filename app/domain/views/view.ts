import { z } from "zod";
import type { ListName, Role } from "~/db.server.ts";
import { ENVIRONMENTS } from "~/lib/environment.ts";
import { LISTS } from "../lists/list-columns.ts";

/** A list's filters under a name, as somebody who may open it sees it. */
export interface SavedView {
  readonly viewId: string;
  readonly list: ListName;
  readonly name: string;
  /** Search params as `viewSearch` writes them. */
  readonly search: string;
  readonly shared: boolean;
  /** E-mail of the colleague who shared it; `null` for one's own. */
  readonly sharedBy: string | null;
  readonly canChange: boolean;
  readonly updatedAt: number;
}

/** The view a list was opened by, and whether its filters are still the view's. */
export interface OpenView {
  readonly view: SavedView;
  readonly isChanged: boolean;
}

/** A viewer looks on; what they keep is their own. */
export function canShareViews(role: Role): boolean {
  return role !== "viewer";
}

/** One's own, and for an administrator what others have shared. */
export function canChangeView(
  view: { readonly operatorId: string; readonly shared: boolean },
  operator: { readonly operatorId: string; readonly role: Role },
): boolean {
  return view.operatorId === operator.operatorId || (view.shared && operator.role === "admin");
}

const name = z
  .string("Give the view a name.")
  .transform((text) => text.trim().replace(/\s+/g, " "))
  .pipe(z.string().min(1, "Give the view a name.").max(60, "Use up to 60 characters."));
const filters = {
  search: z.string().max(4_000, "These filters are too long to keep."),
  environment: z.enum(ENVIRONMENTS),
};
const shared = z
  .literal("on")
  .optional()
  .transform((value) => value === "on");
const viewId = z.string().max(60);

/** Several buttons, one action: each says what it wants. */
export const ViewForm = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("save"), list: z.enum(LISTS), name, shared, ...filters }),
  z.object({ intent: z.literal("rename"), viewId, name }),
  z.object({ intent: z.literal("share"), viewId, shared }),
  z.object({ intent: z.literal("update"), viewId, ...filters }),
  z.object({ intent: z.literal("delete"), viewId }),
]);
export type ViewForm = z.infer<typeof ViewForm>;
export type ViewChange = Exclude<ViewForm, { intent: "save" }>;

export type ViewRefusal =
  | "not_found"
  | "name_taken"
  | "not_yours"
  | "may_not_share"
  | "not_understood"
  | "holds_an_address"
  | "holds_card_data";

export const viewRefusals: Record<ViewRefusal, string> = {
  not_found: "This view is no longer there.",
  name_taken: "There is a view of this list with that name already.",
  not_yours: "Only whoever made this view may change it.",
  may_not_share: "Your role keeps views for itself; it cannot share them.",
  not_understood: "Part of this list's link was not understood, so it cannot be kept.",
  holds_an_address: "A view keeps no e-mail address. Take it out of the search and the name first.",
  holds_card_data:
    "This holds what looks like card data. A view keeps none: take it out of the search and the name first.",
};

/** The field a refusal stands beside. */
export const viewRefusalField: Record<ViewRefusal, "name" | "shared" | "form"> = {
  not_found: "form",
  name_taken: "name",
  not_yours: "form",
  may_not_share: "shared",
  not_understood: "form",
  holds_an_address: "form",
  holds_card_data: "form",
};
