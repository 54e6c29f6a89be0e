import { clsx } from "clsx";
import type { ImportRow } from "~/domain/reconciliation/import-queries.server.ts";
import { figure } from "../replays/counted.ts";
import { Badge } from "../ui/badge.tsx";
import { Panel } from "../ui/panel.tsx";
import { bytesText, importStateWord, rowsOf, shareOf } from "./import-words.ts";
import { ProgressBar } from "./progress-bar.tsx";

/** How far it is, and what became of each row that was read. */
export function ImportProgress({ row }: { row: ImportRow }) {
  const { word, tone } = importStateWord(row);
  const share = shareOf(row);
  return (
    <Panel title="Progress" id="progress">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <Badge tone={tone}>{word}</Badge>
        {share !== null && (
          <>
            <div className="min-w-[120px] flex-1">
              <ProgressBar share={share} label="Progress" />
            </div>
            <span className="figures min-w-[4ch] text-right text-sm text-muted">{Math.floor(share * 100)} %</span>
          </>
        )}
      </div>
      <p className="mt-2 min-h-5" role="status">
        {sentence(row)}
      </p>
      <Counts row={row} />
    </Panel>
  );
}

function sentence(row: ImportRow): string {
  const rows = `${figure(rowsOf(row))} ${rowsOf(row) === 1 ? "row" : "rows"}`;
  switch (row.state) {
    case "receiving":
      return `${bytesText(row.received)} of ${bytesText(row.size ?? 0)} are here. Choose the same file again to go on.`;
    case "waiting":
      return "It waits for its turn; one file is read at a time.";
    case "importing":
      return `${rows} ${row.kind === "pull" ? "pulled" : "read"} so far.${row.problem ? ` ${row.problem}` : ""}`;
    case "imported":
      return rowsOf(row) === 0 ? "It holds no rows." : `${rows} read, each in one of these:`;
    default:
      return rowsOf(row) === 0 ? "Nothing of it was taken in." : `${rows} were read before; what was taken in stays.`;
  }
}

function Counts({ row }: { row: ImportRow }) {
  const items = [
    ["New", row.rowsNew, "told for the first time"],
    ["Changed", row.rowsChanged, "known, and told differently"],
    ["Same", row.rowsSame, "told before in the same words"],
    ["Bad", row.rowsBad, "could not be read"],
  ] as const;
  return (
    <dl className="mt-3 grid grid-cols-2 gap-x-4 gap-y-3 sm:grid-cols-4">
      {items.map(([label, count, meaning]) => (
        <div key={label}>
          <dt className="text-sm text-muted">{label}</dt>
          <dd className={clsx("figures text-lg font-semibold", label === "Bad" && count > 0 && "text-bad")}>
            {figure(count)}
          </dd>
          <dd className="text-sm text-muted">{meaning}</dd>
        </div>
      ))}
    </dl>
  );
}
