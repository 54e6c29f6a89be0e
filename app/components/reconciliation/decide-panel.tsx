import { exceptionRefusals } from "~/domain/reconciliation/exception.ts";
import type { OpenedException } from "~/domain/reconciliation/open-exception.server.ts";
import { formatMoney } from "~/lib/money.ts";
import { Button } from "../ui/button.tsx";
import { Panel } from "../ui/panel.tsx";
import { Time } from "../ui/time.tsx";
import { ExceptionPost, useIsSending, useRefused } from "./exception-form.tsx";
import { ReasonField } from "./reason-field.tsx";
import { signedMoney } from "./signed-money.tsx";

/** What became of it, and what can be decided about the facts on screen. */
export function DecidePanel({ opened }: { opened: OpenedException }) {
  const { group, can } = opened;
  return (
    <Panel title="Decision" id="decision">
      <Resolution opened={opened} />
      {group.state === "open" && can.resolve && <Resolve opened={opened} />}
      {group.state === "resolved" && can.resolve && <Reopen opened={opened} />}
      {!can.resolve && <p className="mt-1 text-sm text-muted">Your role decides nothing in this environment.</p>}
    </Panel>
  );
}

function Resolution({ opened: { group, resolution } }: { opened: OpenedException }) {
  if (!resolution) {
    if (group.state === "open") return null;
    return <p className="text-sm text-muted">It calls for nobody's work, so there is nothing to decide.</p>;
  }
  const { isOutdated, by, at, reason, amount } = resolution;
  const what =
    resolution.resolution === "written_off"
      ? `Wrote off ${amount === null ? "it" : signedMoney(amount, group.currency)}`
      : "Accepted";
  return (
    <div className="mb-3 text-sm">
      {isOutdated && (
        <p className="mb-1 font-medium text-look">Its facts changed since this was decided, so it is open again.</p>
      )}
      <p>
        {what} by <span className="font-medium break-all">{by}</span> <Time at={at} />
      </p>
      <p className="mt-0.5 break-words whitespace-pre-wrap text-muted">{reason}</p>
    </div>
  );
}

/** One reason, and two ways to resolve it with. The amount to be given up stands in its button. */
function Resolve({ opened: { group, writeOff, can } }: { opened: OpenedException }) {
  const isSending = useIsSending();
  const accept = useRefused("accept");
  const given = useRefused("write-off");
  const refused = accept ?? given;
  return (
    <ExceptionPost
      panel="decision"
      hidden={{ digest: group.digest }}
      error={refused?.errors.form ?? refused?.errors.digest}
    >
      <ReasonField
        // What was typed before the facts changed is still there; the digest is that of the facts on screen now.
        key={refused?.values.reason}
        id="decision-reason"
        error={refused?.errors.reason}
        defaultValue={refused?.values.reason}
      />
      <div className="mt-3 flex flex-wrap gap-2">
        <Button type="submit" name="intent" value="accept" tone="primary" disabled={isSending}>
          Accept with this reason
        </Button>
        {can.writeOff && writeOff.ok && (
          <Button type="submit" name="intent" value="write-off" disabled={isSending}>
            Write off {formatMoney({ minor: Math.abs(writeOff.value.amount), currency: writeOff.value.currency })}
          </Button>
        )}
      </div>
      {can.writeOff && !writeOff.ok && (
        <p className="mt-2 text-xs text-muted">
          No write-off: {exceptionRefusals[writeOff.refusal]} {writeOff.detail}
        </p>
      )}
    </ExceptionPost>
  );
}

function Reopen({ opened: { group } }: { opened: OpenedException }) {
  const isSending = useIsSending();
  const refused = useRefused("reopen");
  return (
    <ExceptionPost panel="decision" hidden={{ digest: group.digest, intent: "reopen" }} error={refused?.errors.form}>
      <ReasonField
        key={refused?.values.reason}
        id="decision-reason"
        error={refused?.errors.reason}
        defaultValue={refused?.values.reason}
      />
      <Button type="submit" className="mt-3" disabled={isSending}>
        Reopen
      </Button>
    </ExceptionPost>
  );
}
