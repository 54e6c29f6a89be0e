import type { PaymentDetail } from "~/domain/payments/find-payment.server.ts";
import { decodeAdvice } from "~/xendit/codes/advice.ts";
import { decodeAvs } from "~/xendit/codes/avs.ts";
import { decodeCvn } from "~/xendit/codes/cvn.ts";
import { decodeEci } from "~/xendit/codes/eci.ts";
import { decodeFailure } from "~/xendit/codes/failure.ts";
import { networkLabel } from "~/xendit/codes/network.ts";
import type { CodeReading } from "~/xendit/codes/reading.ts";
import { decodeResponse } from "~/xendit/codes/response.ts";
import { decode3dsFlow, decode3dsReason, decode3dsStatus, decodeChallengeCancel } from "~/xendit/codes/three-ds.ts";
import type { NetworkSource, Verification } from "~/xendit/projection.ts";
import { CodeBadge } from "../codes/code-badge.tsx";
import { Id } from "../ui/id.tsx";
import { type Fact, Facts, Panel } from "../ui/panel.tsx";

type Tried = PaymentDetail["payments"][number];

const networkFrom: Record<NetworkSource, string> = {
  payment_details: "told with the payment's details",
  card_details: "told with the card's details",
  token: "told by the saved card",
  dispute: "told by a dispute",
};

/** What was checked, each code with its meaning in words; nothing has to be hovered to be understood. */
export function VerificationPanel({
  request,
  decisive,
}: {
  request: PaymentDetail["request"];
  decisive: Tried | null;
}) {
  return (
    <Panel title="Verification" id="verification">
      <dl className="flex flex-col divide-y divide-line">
        {readingsOf(request, decisive?.verification ?? null).map(([kind, reading]) => (
          <div key={kind} className="grid grid-cols-[84px_minmax(0,1fr)] gap-x-3 py-2 first:pt-0 last:pb-0">
            <dt className="pt-0.5 text-sm text-muted">{kind}</dt>
            <dd className="min-w-0">
              <CodeBadge kind={kind} reading={reading} />
              <p className="mt-1 text-sm">{reading.meaning}</p>
              {reading.liability && <p className="text-sm text-muted">{reading.liability}</p>}
              {reading.advice && <p className="text-sm text-muted">{reading.advice}</p>}
              <p className="mt-0.5 text-xs text-faint">
                {reading.table.name}, {reading.table.version}
                {reading.sure ? "" : " · not sure"}
              </p>
            </dd>
          </div>
        ))}
      </dl>
      <NetworkLine request={request} />
      {decisive && <AuthorizationFacts verification={decisive.verification} />}
    </Panel>
  );
}

function readingsOf(request: PaymentDetail["request"], verification: Verification | null) {
  const context = { network: request.network, networkFrom: request.networkFrom, flow: request.threeDsFlow };
  const always: [string, CodeReading][] = [
    ["ECI", decodeEci(request.eci, context)],
    ["CVN", decodeCvn(request.cvn)],
    ["AVS", decodeAvs(request.avs)],
    ["Response", decodeResponse(request.response, context)],
    ["3-D Secure", decode3dsFlow(request.threeDsFlow)],
  ];
  // These come with declines and failed challenges only: absent is the normal case and not worth a line.
  const whenSent: [string, CodeReading][] = [
    ["Failure", decodeFailure(request.failureCode)],
    ["3DS status", decode3dsStatus(verification?.threeDsStatus ?? null)],
    ["3DS reason", decode3dsReason(verification?.threeDsStatusReason ?? null)],
    ["Challenge", decodeChallengeCancel(verification?.challengeCancelCode ?? null)],
    ["Advice", decodeAdvice(verification?.merchantAdviceCode ?? null)],
  ];
  return [...always, ...whenSent.filter(([, reading]) => reading.code !== null && reading.code !== "")];
}

function NetworkLine({ request }: { request: PaymentDetail["request"] }) {
  return (
    <p className="mt-3 border-t border-line pt-3 text-sm">
      <span className="text-muted">Network </span>
      {request.network ? networkLabel(request.network) : "not known, so an ECI may have two readings"}
      {request.network && request.networkFrom && (
        <span className="text-muted">, {networkFrom[request.networkFrom]}</span>
      )}
    </p>
  );
}

function AuthorizationFacts({ verification }: { verification: Verification }) {
  const facts: [label: string, value: string | null][] = [
    ["Authorization code", verification.authorizationCode],
    ["RRN", verification.retrievalReferenceNumber],
    ["Reconciliation id", verification.reconciliationId],
    ["Network transaction id", verification.networkTransactionId],
    ["Transaction link id", verification.transactionLinkId],
    ["Acquirer merchant id", verification.acquirerMerchantId],
    ["3DS version", verification.threeDsVersion],
    ["Directory server id", verification.dsTransactionId],
    ["Card", verification.maskedCardNumber],
    ["Card type", verification.cardType],
    ["Issuer", verification.cardIssuer],
    ["Card country", verification.cardCountry],
    ["Card expiry", verification.cardExpiry],
    ["Cardholder e-mail", verification.cardholderEmail],
  ];
  const items: Fact[] = facts
    .filter(([, value]) => value !== null)
    .map(([label, value]) => ({ label, value: <Id value={value} kind={label} whole /> }));
  const network: Fact[] = [
    { label: "Network's words", value: verification.responseDescriptor },
    { label: "Advice in words", value: verification.merchantAdviceDescriptor },
    { label: "CAVV/AAV", value: verification.hasAuthenticationValue ? "present" : null },
  ].filter(({ value }) => value !== null);
  return (
    <div className="mt-3 border-t border-line pt-3">
      <Facts items={[...items, ...network]} />
    </div>
  );
}
