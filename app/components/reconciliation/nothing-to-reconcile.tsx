import { type Environment, environmentLabel } from "~/lib/environment.ts";
import { paths, withParams } from "~/lib/paths.ts";
import { ButtonLink } from "../ui/button.tsx";
import { Empty } from "../ui/empty.tsx";

export function NothingToReconcile({ environment, canImport }: { environment: Environment; canImport: boolean }) {
  return (
    <div className="rounded-md border border-line bg-surface">
      <Empty
        kind="nothing-yet"
        title={`Nothing to reconcile in ${environmentLabel[environment].toLowerCase()} yet`}
        action={
          canImport && (
            <ButtonLink tone="primary" to={withParams(paths.reconciliationImports(), { environment })}>
              Import a report
            </ButtonLink>
          )
        }
      >
        {environment === "sandbox"
          ? "Let the sandbox make a Transactions report of any period, import it, and see it laid beside the captures."
          : "Import Xendit's Transactions or Balance report, or pull its transactions, to lay it beside the captures."}
      </Empty>
    </div>
  );
}
