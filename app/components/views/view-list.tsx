import { Form, Link } from "@remix-run/react";
import type { SavedView } from "~/domain/views/view.ts";
import type { FieldErrors, FieldValues } from "~/lib/form.ts";
import { paths } from "~/lib/paths.ts";
import { useRootData } from "../frame/frame-data.ts";
import { Dropdown } from "../table/dropdown.tsx";
import { Button, buttonClass } from "../ui/button.tsx";
import { Copy } from "../ui/copy.tsx";
import { TextField } from "../ui/field.tsx";
import { Time } from "../ui/time.tsx";

/** What was refused, and as it was typed; of the view it was about. */
export interface RefusedView {
  readonly errors: FieldErrors;
  readonly values: FieldValues;
}

interface ViewListProps {
  readonly label: string;
  readonly views: readonly SavedView[];
  readonly canShare: boolean;
  readonly refused: RefusedView | null;
}

/** The views of one list, with what may be done to each. */
export function ViewList({ label, views, canShare, refused }: ViewListProps) {
  return (
    <ul aria-label={label} className="divide-y divide-line rounded-md border border-line bg-surface">
      {views.map((view) => (
        <li key={view.viewId} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-4 py-2.5">
          <ViewFacts view={view} />
          <ViewActions
            view={view}
            canShare={canShare}
            refused={refused?.values.viewId === view.viewId ? refused : null}
          />
        </li>
      ))}
    </ul>
  );
}

function ViewFacts({ view }: { view: SavedView }) {
  return (
    <div className="min-w-0 flex-1 basis-[300px]">
      <Link to={paths.view(view.viewId)} className="link font-medium break-words">
        {view.name}
      </Link>
      <p className="text-sm text-muted">
        {view.sharedBy === null ? (view.shared ? "Yours, shared" : "Only yours") : `Shared by ${view.sharedBy}`} · kept{" "}
        <Time at={view.updatedAt} />
      </p>
      <p className="text-xs break-all text-faint">{readable(view.search)}</p>
    </div>
  );
}

function ViewActions({ view, canShare, refused }: Pick<ViewListProps, "canShare" | "refused"> & { view: SavedView }) {
  const publicUrl = useRootData()?.config.publicUrl ?? "";
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Copy text={publicUrl + paths.view(view.viewId)} what={`link to ${view.name}`} label="Copy link" />
      {view.canChange && <Rename view={view} refused={refused} />}
      {view.sharedBy === null && (canShare || view.shared) && <Share view={view} />}
      {view.canChange && <Delete view={view} />}
      {refused?.errors.form && (
        <p role="alert" className="w-full text-sm text-bad">
          {refused.errors.form}
        </p>
      )}
    </div>
  );
}

function Rename({ view, refused }: { view: SavedView; refused: RefusedView | null }) {
  const typed = refused?.values.intent === "rename" ? refused : null;
  return (
    <Dropdown
      label={`Rename ${view.name}`}
      align="end"
      summaryClass={buttonClass({ size: "sm" })}
      summary="Rename"
      isOpen={typed !== null}
    >
      <Form method="post" className="flex flex-col gap-2.5">
        <input type="hidden" name="intent" value="rename" />
        <input type="hidden" name="viewId" value={view.viewId} />
        <TextField
          label="Name"
          name="name"
          id={`name-${view.viewId}`}
          maxLength={60}
          required
          autoComplete="off"
          defaultValue={typed?.values.name ?? view.name}
          error={typed?.errors.name}
        />
        <Button tone="primary" size="sm" className="self-start">
          Rename
        </Button>
      </Form>
    </Dropdown>
  );
}

function Share({ view }: { view: SavedView }) {
  return (
    <Form method="post">
      <input type="hidden" name="intent" value="share" />
      <input type="hidden" name="viewId" value={view.viewId} />
      {!view.shared && <input type="hidden" name="shared" value="on" />}
      <Button size="sm">{view.shared ? "Keep to myself" : "Share"}</Button>
    </Form>
  );
}

/** Opens a question first, without JavaScript too. */
function Delete({ view }: { view: SavedView }) {
  return (
    <Dropdown
      label={`Delete ${view.name}`}
      align="end"
      summaryClass={buttonClass({ size: "sm", tone: "quiet" })}
      summary="Delete"
    >
      <Form method="post" className="flex flex-col gap-2.5 text-sm">
        <input type="hidden" name="intent" value="delete" />
        <input type="hidden" name="viewId" value={view.viewId} />
        <p>
          {view.shared
            ? "Nobody at this desk will find it any more, and its link leads nowhere."
            : "Its link will lead nowhere."}
        </p>
        <Button tone="danger" size="sm" className="max-w-full self-start">
          <span className="truncate">Delete {view.name}</span>
        </Button>
      </Form>
    </Dropdown>
  );
}

/** `status FAILED · cvn N`: the filters as they stand in the link. */
function readable(search: string): string {
  return [...new URLSearchParams(search)].map(([name, value]) => `${name} ${value}`).join(" · ");
}
