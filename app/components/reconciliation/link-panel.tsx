import { Link } from "@remix-run/react";
import { ChevronRight } from "lucide-react";
import { useState } from "react";
import type { OpenedException } from "~/domain/reconciliation/open-exception.server.ts";
import { paths, withParams } from "~/lib/paths.ts";
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
  const [picked, setPicked] = useState<string>();
  const to = picked ?? linking?.values.to;
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
        // A payment that was taken from the list below stands in the field, to be seen before it is sent.
        key={`to ${to}`}
        defaultValue={to}
        autoComplete="off"
        error={linking?.errors.to}
        hint={
          ids.length > 0
            ? "Paste any id of it, or take one of those it could be."
            : "Paste any id of it: pr-, py-, cptr-, a reference, an RRN."
        }
      />
      {ids.length > 0 && (
        <ul className="flex flex-col gap-1" aria-label="Payments it could be of">
          {ids.map((id) => (
            <li key={id} className="flex items-center justify-between gap-2">
              <Link
                to={withParams(paths.payment(id), { environment: group.environment })}
                className="link min-w-0 font-mono text-[12.5px] break-all"
              >
                {id}
              </Link>
              <Button type="button" size="sm" onClick={() => setPicked(id)} aria-label={`Take ${id}`}>
                Take
              </Button>
            </li>
          ))}
        </ul>
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
