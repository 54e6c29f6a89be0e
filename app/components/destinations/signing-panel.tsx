import { Form } from "@remix-run/react";
import { useState } from "react";
import { OVERLAPS, overlapLabel } from "~/domain/destinations/destination-form.ts";
import type { SigningKeyRow } from "~/domain/destinations/signing-keys.server.ts";
import type { VerifierCode } from "~/domain/destinations/verifier-code.server.ts";
import { CopyValue } from "../settings/copy-value.tsx";
import { Button } from "../ui/button.tsx";
import { Dialog, DialogActions, DialogClose } from "../ui/dialog.tsx";
import { SelectField } from "../ui/field.tsx";
import { Id } from "../ui/id.tsx";
import { Notice } from "../ui/notice.tsx";
import { Panel } from "../ui/panel.tsx";
import { Time } from "../ui/time.tsx";
import { VerifierHelp } from "./verifier-help.tsx";

interface SigningPanelProps {
  readonly keys: readonly SigningKeyRow[];
  /** Names the secret that the form makes. */
  readonly newKeyId: string;
  /** Just made: the one time it is seen. */
  readonly secret: string | null;
  readonly verifiers: readonly VerifierCode[];
  readonly canChange: boolean;
}

/** The secrets deliveries are signed with: make one, rotate, revoke. */
export function SigningPanel({ keys, newKeyId, secret, verifiers, canChange }: SigningPanelProps) {
  const isSigned = keys.length > 0;
  return (
    <Panel title="Signing secret" id="signing">
      {secret !== null && <NewSecret secret={secret} />}
      <p className="mb-3 text-sm text-muted">
        {isSigned
          ? "Deliveries are signed as in Standard Webhooks: webhook-id, webhook-timestamp and webhook-signature."
          : "Deliveries are not signed. With a secret, the receiver can tell that they come from here and are unchanged."}
      </p>
      {isSigned && (
        <ul aria-label="Signing secrets" className="mb-3 divide-y divide-line border-y border-line text-sm">
          {keys.map((key) => (
            <li key={key.keyId} className="py-2">
              <span className="flex min-h-7 items-center justify-between gap-3">
                <Id value={key.keyId} kind="signing secret" />
                {canChange && <RevokeKey keyId={key.keyId} isLast={keys.length === 1} />}
              </span>
              <span className="text-muted">
                {key.expiresAt === null ? "Signs" : "Signs until "}
                {key.expiresAt !== null && <Time at={key.expiresAt} relative={false} />}, made{" "}
                <Time at={key.createdAt} />
              </span>
            </li>
          ))}
        </ul>
      )}
      {canChange && (
        <Form method="post" className="flex flex-col gap-3">
          <input type="hidden" name="intent" value="sign" />
          <input type="hidden" name="keyId" value={newKeyId} />
          {isSigned && (
            <SelectField
              label="The old one ends"
              name="overlap"
              options={OVERLAPS.map((value) => ({ value, label: overlapLabel[value] }))}
              defaultValue="24h"
              hint="Until then every delivery is signed with both, so that nothing is refused while you change over."
            />
          )}
          <Button type="submit" className="self-start">
            {isSigned ? "Rotate secret" : "Create signing secret"}
          </Button>
        </Form>
      )}
      {isSigned && <VerifierHelp verifiers={verifiers} />}
    </Panel>
  );
}

function RevokeKey({ keyId, isLast }: { keyId: string; isLast: boolean }) {
  const [isAsking, setIsAsking] = useState(false);
  return (
    <Dialog
      open={isAsking}
      onOpenChange={setIsAsking}
      title="Revoke this secret?"
      description={
        isLast
          ? "It is destroyed at once, and deliveries are no longer signed: a receiver that checks signatures refuses them."
          : "It is destroyed at once. A receiver that still checks with it refuses what is sent from now on."
      }
      trigger={
        <Button type="button" size="sm" tone="quiet">
          Revoke
        </Button>
      }
    >
      <Form method="post" onSubmit={() => setIsAsking(false)}>
        <input type="hidden" name="intent" value="revoke" />
        <input type="hidden" name="keyId" value={keyId} />
        <DialogActions>
          <DialogClose asChild>
            <Button type="button">Keep it</Button>
          </DialogClose>
          <Button type="submit" tone="danger">
            Revoke secret
          </Button>
        </DialogActions>
      </Form>
    </Dialog>
  );
}

function NewSecret({ secret }: { secret: string }) {
  return (
    <Notice tone="look" title="Copy it now: it is shown this once" urgent>
      <CopyValue value={secret} what="signing secret" />
      <p className="mt-1 text-muted">The receiver needs it; how it checks a signature stands below.</p>
    </Notice>
  );
}
