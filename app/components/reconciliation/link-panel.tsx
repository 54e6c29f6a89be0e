import { ChevronRight } from "lucide-react";
import type { OpenedException } from "~/domain/reconciliation/open-exception.server.ts";
import { Button } from "../ui/button.tsx";
import { TextField } from "../ui/field.tsx";
import { Id, InsideLink } from "../ui/id.tsx";
import { Panel } from "../ui/panel.tsx";
import { Time } from "../ui/time.tsx";
import { ExceptionPost, useIsSending, useRefused } from "./exception-form.tsx";
import { ReasonField } from "./reason-field.tsx";

/** A person's word on which payment a row belongs to. It comes before all ids of the row. */
export function LinkPanel({ opened }: { opened: OpenedException }) {
  const { rows, can } = opened;
  const linked = rows.some(({ link }) => link !== null);
  if (rows.length === 0 || (!can.resolve && !linked)) return null;
  return (
    <Panel title="Link by hand" id="link">
      <ul className="flex flex-col divide-y divide-line">
        {rows.map((row) => (
          <li key={row.transactionId} className="py-2 first:pt-0 last:pb-0">
            <RowLinking row={row} opened={opened} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

interface RowLinkingProps {
  readonly row: OpenedException["rows"][number];
  readonly opened: OpenedException;
}

function RowLinking({ row, opened }: RowLinkingProps) {
  const { transactionId, type, link } = row;
  const { can, rows } = opened;
  const linking = useRefused(`link ${transactionId}`);
  const parting = useRefusedNone(transactionId);
  const refused = linking ?? parting;
  const title = (
    <>
      <Id value={transactionId} kind="transaction" /> <span className="text-xs text-muted">{type ?? "no type"}</span>
    </>
  );
  return (
    <>
      {link && (
        <div className="mb-2 text-sm">
          <p className="break-words">
            {title} was linked {link.paymentRequestId === null ? "to no payment" : "here"} by{" "}
            <span className="font-medium break-all">{link.linkedBy}</span> <Time at={link.at} />
          </p>
          <p className="break-words whitespace-pre-wrap text-muted">{link.reason}</p>
          {can.resolve && <Unlink transactionId={transactionId} />}
        </div>
      )}
      {can.resolve && (
        <details className="group text-sm" open={rows.length === 1 || refused !== undefined}>
          <summary className="flex items-center gap-1.5 select-none">
            <ChevronRight size={13} aria-hidden className="text-muted group-open:rotate-90" />
            {/* What opens a form holds no button of its own. */}
            <InsideLink.Provider value={true}>{link ? "Link it otherwise" : title}</InsideLink.Provider>
          </summary>
          <LinkForm row={row} opened={opened} />
        </details>
      )}
    </>
  );
}

function LinkForm({ row: { transactionId }, opened }: RowLinkingProps) {
  const { group, suggestions } = opened;
  const isSending = useIsSending();
  const linking = useRefused(`link ${transactionId}`);
  const parting = useRefusedNone(transactionId);
  const refused = linking ?? parting;
  const ids = suggestions.find((one) => one.transactionId === transactionId)?.paymentRequestIds ?? [];
  const list = `payments-for-${transactionId}`;
  return (
    <ExceptionPost
      panel="link"
      hidden={{ transactionId }}
      className="mt-2 flex flex-col gap-2"
      error={refused?.errors.form}
    >
      <TextField
        label="Payment"
        name="to"
        id={`to-${transactionId}`}
        key={`to ${linking?.values.to}`}
        defaultValue={linking?.values.to}
        list={ids.length > 0 ? list : undefined}
        autoComplete="off"
        error={linking?.errors.to}
        hint={
          ids.length > 0
            ? "Paste any id of it, or choose one of those it could be."
            : "Paste any id of it: pr-, py-, cptr-, a reference, an RRN."
        }
      />
      {ids.length > 0 && (
        <>
          <datalist id={list}>
            {ids.map((id) => (
              <option key={id} value={id} />
            ))}
          </datalist>
          <ul className="flex flex-col gap-0.5">
            {ids.map((id) => (
              <li key={id}>
                <Id value={id} kind="payment request" whole />
              </li>
            ))}
          </ul>
        </>
      )}
      <ReasonField
        id={`reason-${transactionId}`}
        key={`reason ${refused?.values.reason}`}
        error={refused?.errors.reason}
        defaultValue={refused?.values.reason}
      />
      <div className="flex flex-wrap gap-2">
        <Button type="submit" name="intent" value="link" disabled={isSending}>
          Link to this payment
        </Button>
        {group.paymentRequestId !== null && (
          <Button type="submit" name="intent" value="link-none" disabled={isSending}>
            Link to no payment
          </Button>
        )}
      </div>
    </ExceptionPost>
  );
}

function useRefusedNone(transactionId: string) {
  return useRefused(`link-none ${transactionId}`);
}

function Unlink({ transactionId }: { transactionId: string }) {
  const refused = useRefused(`unlink ${transactionId}`);
  return (
    <ExceptionPost
      panel="link"
      hidden={{ intent: "unlink", transactionId }}
      className="mt-1"
      error={refused?.errors.form}
    >
      <Button type="submit" size="sm">
        Take this link back
      </Button>
    </ExceptionPost>
  );
}
