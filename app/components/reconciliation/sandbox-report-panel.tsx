import { API_ZONE, SANDBOX_REPORTS, SANDBOX_SHARES } from "~/domain/reconciliation/sandbox-report.ts";
import { paths } from "~/lib/paths.ts";
import { COMMON_ZONES } from "~/lib/zone.ts";
import { Button } from "../ui/button.tsx";
import { SelectField, TextField } from "../ui/field.tsx";
import { Panel } from "../ui/panel.tsx";

const zones = [
  { value: API_ZONE, label: "+0000, as the API writes them" },
  ...COMMON_ZONES.filter((zone) => zone !== "UTC").map((zone) => ({ value: zone, label: zone })),
];

/** Reports to practise with: what the sandbox holds, with mistakes of every kind in it when wanted. */
export function SandboxReportPanel({ period }: { period: { readonly from: string; readonly to: string } }) {
  return (
    <Panel title="Make a report in the sandbox" id="sandbox-report">
      <form method="get" action={paths.sandboxReport()} className="flex flex-col gap-3">
        <div className="grid grid-cols-1 gap-3 sm:grid-cols-2">
          <SelectField label="Report" name="report" id="sandbox-report-kind" options={SANDBOX_REPORTS} />
          <SelectField label="Time zone" name="zone" id="sandbox-report-zone" options={zones} />
          <TextField
            label="From"
            name="from"
            id="sandbox-report-from"
            type="date"
            defaultValue={period.from}
            required
          />
          <TextField label="To" name="to" id="sandbox-report-to" type="date" defaultValue={period.to} required />
          <SelectField label="Discrepancies" name="share" id="sandbox-report-share" options={SANDBOX_SHARES} />
          <TextField
            label="Seed"
            name="seed"
            id="sandbox-report-seed"
            inputMode="numeric"
            pattern="\d{1,9}"
            className="figures"
            defaultValue="1"
            hint="The same seed plants the same."
          />
        </div>
        <p className="text-sm text-muted">
          Downloads the file; upload it on this page as you would Xendit's. Discrepancies are of every kind the work
          list knows, from a payment left out to money charged back.
        </p>
        <div>
          <Button type="submit">Download report</Button>
        </div>
      </form>
    </Panel>
  );
}
