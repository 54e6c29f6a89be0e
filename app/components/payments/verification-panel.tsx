import type { PaymentDetail } from "~/domain/payments/find-payment.server.ts";
import { judgedOf } from "~/domain/payments/verdict/facts.ts";
import { verificationOf } from "~/domain/payments/verdict/verification.ts";
import { networkLabel } from "~/xendit/codes/network.ts";
import type { NetworkSource, Verification } from "~/xendit/projection.ts";
import { Id } from "../ui/id.tsx";
import { type Fact, Facts, Panel } from "../ui/panel.tsx";
import { Anomalies, PanelRow, VerdictRow } from "./verdict-row.tsx";

const networkFrom: Record<NetworkSource, string> = {
  payment_details: "told with the payment's details",
  card_details: "told with the card's details",
  token: "told by the saved card",
  dispute: "told by a dispute",
};

/** What was checked, each code with its meaning in words; nothing has to be hovered to be understood. */
export function VerificationPanel({ detail }: { detail: PaymentDetail }) {
  const { request, payments } = detail;
  const decisive = payments.find((payment) => payment.paymentId === request.paymentId) ?? null;
  const { rows, others } = verificationOf(judgedOf(detail));
  return (
    <Panel title="Verification" id="verification">
      {/* From edge to edge, so that a row that is jumped to lights up whole. */}
      <dl className="-mx-4 -my-3 flex flex-col divide-y divide-line">
        <PanelRow id="verification-network" label="Network">
          <NetworkWords request={request} />
        </PanelRow>
        {rows.length === 0 && (
          <PanelRow id="verification-untold" label="Results">
            <p className="text-sm text-muted">None told yet: no ECI, CVN, AVS or network response has come.</p>
          </PanelRow>
        )}
        {rows.map((row) => (
          <VerdictRow key={row.id} row={row}>
            {row.id === "verification-threeds" && <ThreeDsVersion verification={decisive?.verification ?? null} />}
          </VerdictRow>
        ))}
        {others.length > 0 && (
          <PanelRow id="verification-money" label="Does not fit">
            <Anomalies anomalies={others} />
          </PanelRow>
        )}
      </dl>
      {decisive && <AuthorizationFacts verification={decisive.verification} />}
    </Panel>
  );
}

function NetworkWords({ request: { network, networkFrom: from } }: { request: PaymentDetail["request"] }) {
  if (!network) return <p className="text-sm">Not known, so an ECI may have two readings.</p>;
  return (
    <p className="text-sm">
      {networkLabel(network)}
      {from && <span className="text-muted">, {networkFrom[from]}</span>}
    </p>
  );
}

function ThreeDsVersion({ verification }: { verification: Verification | null }) {
  if (!verification?.threeDsVersion) return null;
  return <p className="text-sm">Version {verification.threeDsVersion}</p>;
}

function AuthorizationFacts({ verification }: { verification: Verification }) {
  const facts: [label: string, value: string | null][] = [
    ["Authorization code", verification.authorizationCode],
    ["RRN", verification.retrievalReferenceNumber],
    ["Reconciliation id", verification.reconciliationId],
    ["Network transaction id", verification.networkTransactionId],
    ["Transaction link id", verification.transactionLinkId],
    ["Acquirer merchant id", verification.acquirerMerchantId],
    ["Directory server id", verification.dsTransactionId],
    ["Card", verification.maskedCardNumber],
    ["Card type", verification.cardType],
    ["Issuer", verification.cardIssuer],
    ["Card country", verification.cardCountry],
    ["Card expiry", verification.cardExpiry],
    ["Cardholder e-mail", verification.cardholderEmail],
  ];
  const ids: Fact[] = facts
    .filter(([, value]) => value !== null)
    .map(([label, value]) => ({ label, value: <Id value={value} kind={label} whole /> }));
  const words: Fact[] = [
    { label: "Network's words", value: verification.responseDescriptor },
    { label: "Advice in words", value: verification.merchantAdviceDescriptor },
    { label: "CAVV/AAV", value: verification.hasAuthenticationValue ? "present" : null },
  ].filter(({ value }) => value !== null);
  if (ids.length + words.length === 0) return null;
  return (
    <div className="-mx-4 mt-3 border-t border-line px-4 pt-3">
      <Facts items={[...ids, ...words]} />
    </div>
  );
}
