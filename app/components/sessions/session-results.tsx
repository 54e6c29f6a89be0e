import { Link } from "@remix-run/react";
import type { TryFacts } from "~/domain/sessions/session-page.server.ts";
import type { Environment } from "~/lib/environment.ts";
import { paths, withParams } from "~/lib/paths.ts";
import { decodeAvs } from "~/xendit/codes/avs.ts";
import { decodeCvn } from "~/xendit/codes/cvn.ts";
import { decodeEci } from "~/xendit/codes/eci.ts";
import { decodeFailure } from "~/xendit/codes/failure.ts";
import { networkLabel } from "~/xendit/codes/network.ts";
import { decodeResponse } from "~/xendit/codes/response.ts";
import { CodeBadge } from "../codes/code-badge.tsx";
import { StatusBadge } from "../codes/status-badge.tsx";
import { Badge } from "../ui/badge.tsx";
import { Id } from "../ui/id.tsx";
import { Facts, Panel } from "../ui/panel.tsx";

interface SessionResultsProps {
  readonly environment: Environment;
  readonly tries: readonly TryFacts[];
}

/** What each try of a session came to, latest first. */
export function SessionResults({ environment, tries }: SessionResultsProps) {
  return (
    <Panel title={tries.length > 1 ? `Results of ${tries.length} tries` : "Results"} id="results">
      {tries.length === 0 && <p className="text-muted">None: no CVN has led to a payment request.</p>}
      <div className="flex flex-col gap-4">
        {tries.map((one) => (
          <Try key={one.paymentRequestId} environment={environment} facts={one} />
        ))}
      </div>
    </Panel>
  );
}

function Try({ environment, facts }: { environment: Environment; facts: TryFacts }) {
  const context = { network: facts.network, networkFrom: facts.networkFrom };
  const hasPayment = facts.status !== "UNKNOWN" && facts.status !== "REQUIRES_ACTION";
  return (
    <div>
      <p className="mb-2 flex flex-wrap items-center gap-2">
        <StatusBadge kind="payment" code={facts.status} />
        {facts.sessionLink === "claimed" && (
          <Badge tone="look" title="Only the browser's word so far; a webhook or the API has not said so yet">
            claimed
          </Badge>
        )}
        <Link
          to={withParams(paths.payment(facts.paymentRequestId), { environment })}
          className="text-accent hover:underline"
        >
          Open the payment
        </Link>
      </p>
      <Facts
        items={[
          { label: "Payment request", value: <Id value={facts.paymentRequestId} kind="payment request" whole /> },
          { label: "Network", value: networkLabel(facts.network) },
          ...(hasPayment ? results(facts, context) : []),
        ]}
      />
    </div>
  );
}

function results(facts: TryFacts, context: Pick<TryFacts, "network" | "networkFrom">) {
  return [
    {
      label: "ECI",
      value: <CodeBadge kind="ECI" reading={decodeEci(facts.eci, { ...context, flow: facts.threeDsFlow })} />,
    },
    { label: "CVN", value: <CodeBadge kind="CVN" reading={decodeCvn(facts.cvn, context)} /> },
    { label: "AVS", value: <CodeBadge kind="AVS" reading={decodeAvs(facts.avs, context)} /> },
    { label: "Response", value: <CodeBadge kind="Response" reading={decodeResponse(facts.response, context)} /> },
    ...(facts.failureCode
      ? [{ label: "Failure", value: <CodeBadge kind="Failure" reading={decodeFailure(facts.failureCode)} /> }]
      : []),
  ];
}
