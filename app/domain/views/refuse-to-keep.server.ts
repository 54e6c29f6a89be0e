import { cardDataInNote } from "../notes/card-data-in-note.ts";
import type { ViewRefusal } from "./view.ts";

/** What a view may not keep, in its name or in the search of its list: an address or card data, which others would read. */
export function refuseToKeep({ name = "", search = "" }: { name?: string; search?: string }): ViewRefusal | null {
  const texts = [name, new URLSearchParams(search).get("q") ?? ""];
  if (texts.some((text) => text.includes("@"))) return "holds_an_address";
  return texts.some((text) => cardDataInNote(text) !== null) ? "holds_card_data" : null;
}
