import { Link } from "@remix-run/react";
import type { PaymentDetail } from "~/domain/payments/find-payment.server.ts";
import { paths, withParams } from "~/lib/paths.ts";
import { identifierLabel } from "~/xendit/codes/identifier-words.ts";
import { StatusBadge } from "../codes/status-badge.tsx";
import { Id } from "../ui/id.tsx";
import { Money } from "../ui/money.tsx";
import { Facts, Panel } from "../ui/panel.tsx";
import { Time } from "../ui/time.tsx";

export function SessionPanel({ detail: { request, session, siblings } }: { detail: PaymentDetail }) {
  const { environment } = request;
  if (request.paymentSessionId === null) {
    return (
      <Panel title="Session" id="session">
        <p className="text-sm text-muted">No session is known to belong to it.</p>
      </Panel>
    );
  }
  return (
    <Panel title="Session" id="session">
      <Facts
        items={[
          {
            label: "Session",
            value: (
              <Link
                to={withParams(paths.session(request.paymentSessionId), { environment })}
                className="link font-mono"
              >
                {request.paymentSessionId}
              </Link>
            ),
          },
          {
            label: "Link",
            value:
              request.sessionLink === "claimed"
                ? "claimed: only the browser's hand-back says so yet"
                : "confirmed by a webhook or an API answer",
          },
          { label: "Status", value: session && <StatusBadge kind="session" code={session.status} /> },
          { label: "Created", value: session && <Time at={session.createdAt} relative={false} /> },
          { label: "Expires", value: session && <Time at={session.expiresAt} relative={false} /> },
        ]}
      />
      {siblings.length > 0 && (
        <>
          <h3 id="tries" className="mt-3 mb-1 scroll-mt-20 text-sm text-muted">
            Other tries of this session
          </h3>
          <ul className="flex flex-col gap-1 text-sm">
            {siblings.map((other) => (
              <li key={other.paymentRequestId} className="flex flex-wrap items-center gap-2">
                <Link to={withParams(paths.payment(other.paymentRequestId), { environment })} className="link">
                  <span className="font-mono">{other.paymentRequestId}</span>
                </Link>
                <StatusBadge kind="payment" code={other.status} />
                <Money minor={other.amountMinor} raw={other.amountRaw} currency={other.currency} />
              </li>
            ))}
          </ul>
        </>
      )}
    </Panel>
  );
}

/** Two values for one field, side by side, with who said which (RULES 5). */
export function DisagreementsPanel({ request }: { request: PaymentDetail["request"] }) {
  if (request.disagreements.length === 0) return null;
  return (
    <Panel title="Sources disagree" id="disagreements" flush>
      <table className="plain-table" aria-label="Sources disagree">
        <thead>
          <tr>
            <th>Field</th>
            <th>Values</th>
          </tr>
        </thead>
        <tbody>
          {request.disagreements.map(({ field, paymentId, values }) => (
            <tr key={`${field} ${paymentId}`}>
              <td>
                <FieldName field={field} />
                {paymentId && <span className="block font-mono text-xs break-all text-muted">{paymentId}</span>}
              </td>
              <td>
                <ul className="flex flex-wrap gap-x-4">
                  {values.map(({ value, source }) => (
                    <li key={`${source} ${value}`}>
                      <code>{value}</code> <span className="text-xs text-muted">{source}</span>
                    </li>
                  ))}
                </ul>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}

/** `captureAmount cptr-…` reads "capture amount", its id below; codes keep their capitals. */
function FieldName({ field }: { field: string }) {
  const [name = "", id] = field.split(" ");
  const words = /^(eci|cvn|avs)$/.test(name)
    ? name.toUpperCase()
    : name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return (
    <>
      {words}
      {id && <span className="block font-mono text-xs break-all text-muted">{id}</span>}
    </>
  );
}

/** What it is found by, without the values that stand under Verification already. */
export function IdentifiersPanel({ detail }: { detail: PaymentDetail }) {
  const { captureCount, request, payments } = detail;
  const decisive = payments.find(({ paymentId }) => paymentId === request.paymentId);
  const said = new Set(Object.values(decisive?.verification ?? {}).filter((value) => typeof value === "string"));
  const isLastFour = (value: string) => [...said].some((one) => value.length === 4 && one.endsWith(value));
  const identifiers = detail.identifiers.filter(
    ({ kind, value }) => !said.has(value) && !(kind === "card" && isLastFour(value)),
  );
  const captures = identifiers.filter(({ kind }) => kind === "capture").length;
  return (
    <Panel title="Identifiers" id="identifiers">
      <Facts
        items={identifiers.map(({ kind, value, isLowered }) => ({
          key: `${kind} ${value}`,
          label: identifierLabel[kind],
          value: (
            <>
              <Id value={value} kind={identifierLabel[kind]} whole />
              {isLowered && kind === "reference" && (
                <span className="ml-1.5 text-xs text-muted" title="Only the form it is found by is known">
                  in small letters
                </span>
              )}
            </>
          ),
        }))}
      />
      {captureCount > captures && captures > 0 && (
        <p className="mt-2 text-sm text-muted">and {(captureCount - captures).toLocaleString("en")} more captures</p>
      )}
    </Panel>
  );
}
