import { Link } from "@remix-run/react";
import { Bookmark, Check, Users } from "lucide-react";
import { useState } from "react";
import type { ListName } from "~/domain/lists/list-columns.ts";
import type { OpenView, SavedView } from "~/domain/views/view.ts";
import type { Environment } from "~/lib/environment.ts";
import { paths } from "~/lib/paths.ts";
import { Dropdown } from "../table/dropdown.tsx";
import { buttonClass } from "../ui/button.tsx";
import { SaveViewForm } from "./save-view-form.tsx";

export interface ListViews {
  readonly list: ListName;
  readonly environment: Environment;
  readonly views: readonly SavedView[];
  readonly openView: OpenView | null;
  readonly canShare: boolean;
}

/** With more views than this one looks for one by its name. */
const MANY = 7;

/** The saved views of a list, each a link, and the way to keep what is on screen as another. */
export function ViewsMenu({ list, environment, views, openView, canShare }: ListViews) {
  const [wanted, setWanted] = useState("");
  const found = views.filter(({ name }) => name.toLowerCase().includes(wanted.trim().toLowerCase()));
  return (
    <Dropdown
      label="Views"
      align="end"
      width="sm:w-[320px]"
      summaryClass={buttonClass({})}
      summary={
        <>
          <Bookmark size={14} aria-hidden /> Views
          {views.length > 0 && <span className="figures text-muted">{views.length}</span>}
        </>
      }
    >
      <div className="flex flex-col gap-3">
        {views.length > MANY && (
          <input
            type="search"
            aria-label="Find a view"
            placeholder="Find a view"
            value={wanted}
            onChange={(event) => setWanted(event.target.value)}
            className="control h-8 text-sm"
          />
        )}
        {views.length > 0 && (
          <ul aria-label="Saved views" className="-mx-1 max-h-[min(280px,40vh)] overflow-auto">
            {found.map((view) => (
              <li key={view.viewId}>
                <ViewLink view={view} isOpen={view.viewId === openView?.view.viewId} />
              </li>
            ))}
            {found.length === 0 && <li className="px-1 py-1.5 text-sm text-muted">No view has this in its name.</li>}
          </ul>
        )}
        <SaveViewForm list={list} environment={environment} canShare={canShare} />
        {views.length > 0 && (
          <Link to={paths.views()} className="link text-sm">
            Rename, share or delete views
          </Link>
        )}
      </div>
    </Dropdown>
  );
}

function ViewLink({ view, isOpen }: { view: SavedView; isOpen: boolean }) {
  return (
    <Link
      to={paths.view(view.viewId)}
      aria-current={isOpen ? "true" : undefined}
      className="flex min-h-8 items-center gap-2 rounded-sm px-1 text-sm hover:bg-hover"
    >
      <span className="w-4 shrink-0 text-accent">{isOpen && <Check size={13} aria-hidden />}</span>
      <span className="min-w-0 flex-1 truncate">{view.name}</span>
      {view.shared && (
        <span className="flex min-w-0 max-w-[45%] items-center gap-1 text-xs text-muted">
          <Users size={12} aria-hidden className="shrink-0" />
          <span className="truncate">{view.sharedBy ?? "shared"}</span>
        </span>
      )}
    </Link>
  );
}
