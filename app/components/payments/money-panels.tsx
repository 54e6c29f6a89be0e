import { Link } from "@remix-run/react";
import type { PaymentDetail } from "~/domain/payments/find-payment.server.ts";
import { ROW_CAP } from "~/domain/payments/row-cap.ts";
import { paths, withParams } from "~/lib/paths.ts";
import { decodeAvs } from "~/xendit/codes/avs.ts";
import { decodeCvn } from "~/xendit/codes/cvn.ts";
import { decodeEci } from "~/xendit/codes/eci.ts";
import { decodeResponse } from "~/xendit/codes/response.ts";
import { StatusBadge } from "../codes/status-badge.tsx";
import { CodeCell } from "../lists/code-cell.tsx";
import { Id } from "../ui/id.tsx";
import { Money } from "../ui/money.tsx";
import { Panel } from "../ui/panel.tsx";
import { Time } from "../ui/time.tsx";

type Amount = {
  readonly amountMinor: number | null;
  readonly amountRaw: string | null;
  readonly currency: string | null;
};

/** Every try of this request; the decisive one's codes stand in lists. */
export function TriedPanel({ detail }: { detail: PaymentDetail }) {
  const { payments, request } = detail;
  return (
    <Panel title="Payments tried" id="payments" flush>
      {payments.length === 0 ? (
        <p className="px-4 py-3 text-sm text-muted">No payment is known: nothing but a claim or a session names it.</p>
      ) : (
        <table className="plain-table whitespace-nowrap" aria-label="Payments tried">
          <thead>
            <tr>
              <Heads names={["Payment", "Status"]} />
              <th data-align="right">Amount</th>
              <Heads names={["ECI", "CVN", "AVS", "Response"]} />
            </tr>
          </thead>
          <tbody>
            {payments.map((payment) => (
              <tr key={payment.paymentId}>
                <td>
                  <Id value={payment.paymentId} kind="payment" />
                  {payments.length > 1 && payment.paymentId === request.paymentId && (
                    <span className="ml-1.5 text-xs text-muted">decisive</span>
                  )}
                  <span className="block text-xs text-muted">
                    <Time at={payment.createdAt} />
                  </span>
                </td>
                <td>
                  <StatusBadge kind="payment" code={payment.status} />
                </td>
                <AmountCell amount={payment} captured={payment.capturedMinor} />
                <td>
                  <CodeCell
                    kind="ECI"
                    reading={decodeEci(payment.eci, {
                      network: payment.verification.network ?? request.network,
                      networkFrom: payment.verification.networkFrom ?? request.networkFrom,
                      flow: payment.verification.threeDsFlow,
                    })}
                  />
                </td>
                <td>
                  <CodeCell kind="CVN" reading={decodeCvn(payment.cvn)} />
                </td>
                <td>
                  <CodeCell kind="AVS" reading={decodeAvs(payment.avs)} />
                </td>
                <td>
                  <CodeCell kind="Response" reading={decodeResponse(payment.response, request)} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <Rest shown={payments.length} total={request.paymentCount} what="tries" />
    </Panel>
  );
}

export function CapturesPanel({ detail: { captures, captureCount, request } }: { detail: PaymentDetail }) {
  return (
    <Panel title="Captures" id="captures" flush>
      {captures.length === 0 ? (
        <p className="px-4 py-3 text-sm text-muted">{noCaptures(request)}</p>
      ) : (
        <table className="plain-table whitespace-nowrap" aria-label="Captures">
          <thead>
            <tr>
              <Heads names={["Capture"]} />
              <th data-align="right">Amount</th>
              <Heads names={["Captured"]} />
            </tr>
          </thead>
          <tbody>
            {captures.map((capture) => (
              <tr key={capture.captureId}>
                <td>
                  <Id value={capture.captureId} kind="capture" />
                </td>
                <AmountCell amount={capture} />
                <td>
                  <Time at={capture.capturedAt} relative={false} seconds />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <Rest shown={captures.length} total={captureCount} what="captures" request={request} />
    </Panel>
  );
}

export function RefundsPanel({ refunds }: Pick<PaymentDetail, "refunds">) {
  if (refunds.length === 0) return null;
  return (
    <Panel title="Refunds" id="refunds" flush>
      <table className="plain-table whitespace-nowrap" aria-label="Refunds">
        <thead>
          <tr>
            <Heads names={["Refund", "Status"]} />
            <th data-align="right">Amount</th>
            <Heads names={["Reason", "Created"]} />
          </tr>
        </thead>
        <tbody>
          {refunds.map((refund) => (
            <tr key={refund.refundId}>
              <td>
                <Id value={refund.refundId} kind="refund" />
              </td>
              <td>
                <StatusBadge kind="refund" code={refund.status} />
              </td>
              <AmountCell amount={refund} />
              <td>{refund.failureCode ?? refund.reason ?? "–"}</td>
              <td>
                <Time at={refund.createdAt} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {refunds.length === ROW_CAP && <Rest shown={ROW_CAP} total={null} what="refunds" />}
    </Panel>
  );
}

export function DisputesPanel({ disputes }: Pick<PaymentDetail, "disputes">) {
  if (disputes.length === 0) return null;
  return (
    <Panel title="Disputes" id="disputes" flush>
      <table className="plain-table whitespace-nowrap" aria-label="Disputes">
        <thead>
          <tr>
            <Heads names={["Dispute", "Status"]} />
            <th data-align="right">Amount</th>
            <Heads names={["Reason", "Due"]} />
          </tr>
        </thead>
        <tbody>
          {disputes.map((dispute) => (
            <tr key={dispute.disputeId}>
              <td>
                <Id value={dispute.disputeId} kind="dispute" />
              </td>
              <td>
                <StatusBadge kind="dispute" code={dispute.status} />
              </td>
              <AmountCell amount={dispute} />
              <td>{dispute.statusReason ?? "–"}</td>
              <td>
                <Time at={dispute.dueAt} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {disputes.length === ROW_CAP && <Rest shown={ROW_CAP} total={null} what="disputes" />}
    </Panel>
  );
}

interface RestProps {
  readonly shown: number;
  /** `null`: not counted. */
  readonly total: number | null;
  readonly what: string;
  readonly request?: Pick<PaymentDetail["request"], "environment" | "paymentRequestId">;
}

/** A page that leaves rows out says so, and where they are. Amounts are of all of them: the fold summed them up. */
function Rest({ shown, total, what, request }: RestProps) {
  if (total !== null && total <= shown) return null;
  return (
    <p className="border-t border-line px-4 py-2 text-sm text-muted">
      {total === null
        ? `Only the first ${shown} ${what} are shown.`
        : `The first ${shown} of ${total.toLocaleString("en")} ${what} are shown; the amounts above count all of them.`}
      {request && (
        <>
          {" "}
          <Link
            to={withParams(paths.webhooks(), { environment: request.environment, q: request.paymentRequestId })}
            className="link"
          >
            The bodies of its webhooks hold every one
          </Link>
        </>
      )}
    </p>
  );
}

function Heads({ names }: { names: readonly string[] }) {
  return names.map((name) => <th key={name}>{name}</th>);
}

function AmountCell({ amount, captured }: { amount: Amount; captured?: number | null }) {
  return (
    <td data-align="right">
      <Money minor={amount.amountMinor} raw={amount.amountRaw} currency={amount.currency} captured={captured} />
    </td>
  );
}

/** RULES 5: none itemised is not the same as none. */
function noCaptures({ status, capturedMinor }: PaymentDetail["request"]): string {
  if (status !== "SUCCEEDED") return "Nothing was captured.";
  if (capturedMinor === null) return "Paid with manual capture, and no capture was itemised: how much is not known.";
  return "Captured automatically and not itemised: the requested amount is taken.";
}
