import type { ImportRow } from "~/domain/reconciliation/import-queries.server.ts";
import { Id } from "../ui/id.tsx";
import { Facts, Panel } from "../ui/panel.tsx";
import { Time } from "../ui/time.tsx";
import { bytesText, kindText } from "./import-words.ts";

export function ImportFacts({ row }: { row: ImportRow }) {
  const isPull = row.kind === "pull";
  return (
    <Panel title="Report" id="report">
      <Facts
        items={[
          { label: "Kind", value: kindText(row) },
          ...(isPull ? [] : [{ label: "Size", value: row.size === null ? null : bytesText(row.size) }]),
          { label: isPull ? "Period's zone" : "Times in", value: row.zone },
          { label: isPull ? "From" : "Earliest", value: row.from && <Time at={row.from} relative={false} seconds /> },
          { label: isPull ? "To" : "Latest", value: row.to && <Time at={row.to} relative={false} seconds /> },
          { label: "Imported by", value: row.orderedBy },
          { label: "Begun", value: <Time at={row.createdAt} relative={false} seconds /> },
          { label: "Ended", value: row.finishedAt && <Time at={row.finishedAt} relative={false} seconds /> },
          ...(row.digest ? [{ label: "SHA-256", value: <Id value={row.digest} /> }] : []),
        ]}
      />
    </Panel>
  );
}
