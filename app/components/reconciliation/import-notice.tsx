import { Link } from "@remix-run/react";
import type { ImportRow } from "~/domain/reconciliation/import-queries.server.ts";
import { paths } from "~/lib/paths.ts";
import { Notice } from "../ui/notice.tsx";
import { Time } from "../ui/time.tsx";

interface ImportNoticeProps {
  readonly row: ImportRow;
  /** The import of the same file that came first. */
  readonly earlier: { readonly importId: string; readonly name: string; readonly createdAt: number } | null;
}

const titles = {
  refused: "This file was refused",
  failed: "This import stopped",
  cancelled: "This import was cancelled",
};

/** Why an import did not come to its end, and what is lost by it. */
export function ImportNotice({ row, earlier }: ImportNoticeProps) {
  const { state, problem } = row;
  if (state !== "refused" && state !== "failed" && state !== "cancelled") return null;
  return (
    <Notice tone={state === "failed" ? "bad" : "look"} title={titles[state]}>
      <p>{problem}</p>
      {earlier && (
        <p>
          It is{" "}
          <Link to={paths.reconciliationImport(earlier.importId)} className="link">
            {earlier.name}
          </Link>
          , begun <Time at={earlier.createdAt} relative={false} />.
        </p>
      )}
    </Notice>
  );
}
