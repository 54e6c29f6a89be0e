import { FileCheck2, FolderArchive } from "lucide-react";
import type { Environment } from "~/lib/environment.ts";
import { paths, withParams } from "~/lib/paths.ts";
import { Button, ButtonLink } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { EvidenceForm } from "./evidence-form.tsx";

export interface ProofActionsProps {
  readonly paymentRequestId: string;
  readonly environment: Environment;
  /** Whether the operator holds `export:csv` here: the bundle is an export. */
  readonly canExport: boolean;
  /** Whether the operator holds `pii:reveal` here. */
  readonly canReveal: boolean;
  /** On the proof itself a link to it would lead nowhere. */
  readonly onProof?: boolean;
}

/** What can be taken away from a payment: a page to print, and everything we hold of it in one file. */
export function ProofActions({ paymentRequestId, environment, canExport, canReveal, onProof }: ProofActionsProps) {
  return (
    <>
      {!onProof && (
        <ButtonLink to={withParams(paths.paymentProof(paymentRequestId), { environment })}>
          <FileCheck2 size={15} aria-hidden />
          Proof of payment
        </ButtonLink>
      )}
      {canExport && (
        <Dialog
          title="Evidence bundle"
          description="A zip of the webhooks as received, their receipts, the decoded results, the timeline and a digest of every file."
          trigger={
            <Button type="button">
              <FolderArchive size={15} aria-hidden />
              Evidence bundle…
            </Button>
          }
        >
          <EvidenceForm
            paymentRequestId={paymentRequestId}
            environment={environment}
            canReveal={canReveal}
            id="evidence"
          />
        </Dialog>
      )}
    </>
  );
}
