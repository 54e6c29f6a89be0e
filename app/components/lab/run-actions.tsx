import { Form } from "@remix-run/react";
import { FileCheck2, RotateCw } from "lucide-react";
import type { LabRun } from "~/domain/lab/lab-queries.server.ts";
import { paths } from "~/lib/paths.ts";
import { Button, ButtonLink } from "../ui/button.tsx";

export function RunActions({ run, canRun }: { run: LabRun; canRun: boolean }) {
  return (
    <>
      {canRun && run.state === "running" && (
        <Form method="post">
          <Button type="submit" name="intent" value="cancel">
            Cancel run
          </Button>
        </Form>
      )}
      {canRun && run.state !== "running" && <RunAgain run={run} />}
      {run.state === "finished" && (
        <ButtonLink to={paths.labCertificate(run.runId)} tone="primary">
          <FileCheck2 size={15} aria-hidden />
          Certificate
        </ButtonLink>
      )}
    </>
  );
}

/** The same bytes once more: for an endpoint that was mended and emptied, or to show that a result holds. */
function RunAgain({ run }: { run: LabRun }) {
  return (
    <Form method="post" action="/lab?index">
      <input type="hidden" name="destinationId" value={run.destinationId} />
      <input type="hidden" name="seed" value={run.seed} />
      <input type="hidden" name="probeUrl" value={run.probeUrl ?? ""} />
      {run.scenarios.map((scenario) => (
        <input key={scenario} type="hidden" name="scenarios" value={scenario} />
      ))}
      <Button type="submit">
        <RotateCw size={15} aria-hidden />
        Run again with this seed
      </Button>
    </Form>
  );
}
