import { Link } from "@remix-run/react";
import type { CheckCall, Comparison } from "~/domain/checks/check.ts";
import { subjectWord } from "~/domain/checks/check.ts";
import type { FieldDifference } from "~/domain/checks/field-differences.ts";
import { paths } from "~/lib/paths.ts";
import { formatDuration } from "~/lib/time.ts";
import { StatusBadge } from "../codes/status-badge.tsx";
import { Badge } from "../ui/badge.tsx";
import { Copy } from "../ui/copy.tsx";
import { Id } from "../ui/id.tsx";

/** One thing that was asked about: how the call went, what Xendit says, and where that differs from the webhook. */
export function CheckCallItem({ call }: { call: CheckCall }) {
  const { subject, id, status, refusal, comparison } = call;
  return (
    <li className="border-t border-line pt-2 text-sm">
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <span className="font-medium">{subjectWord[subject]}</span>
        {status !== null && <Status subject={subject} status={status} />}
        <Id value={id} kind={subjectWord[subject].toLowerCase()} />
      </p>
      {refusal !== null && (
        <p className="mt-0.5 break-words text-bad">
          {call.errorCode && <code className="font-mono text-[12.5px]">{call.errorCode} </code>}
          {refusal}
        </p>
      )}
      <Exchange call={call} />
      {comparison && <Differences comparison={comparison} />}
      {!comparison && refusal === null && subject !== "token" && (
        <p className="text-muted">No webhook had told of it by then, so there is nothing to compare.</p>
      )}
    </li>
  );
}

function Status({ subject, status }: { readonly subject: CheckCall["subject"]; readonly status: string }) {
  if (subject === "token") return <Badge tone={status === "ACTIVE" ? "good" : "unknown"}>{status}</Badge>;
  return <StatusBadge kind={subject === "session" ? "session" : "payment"} code={status} />;
}

function Exchange({ call: { httpStatus, latencyMs, requestId, refusal, isNews } }: { call: CheckCall }) {
  return (
    <p className="figures flex flex-wrap items-center gap-x-1.5 text-muted">
      <span>
        {httpStatus === null ? "no answer" : `HTTP ${httpStatus}`}
        {latencyMs > 0 && ` in ${formatDuration(latencyMs)}`}
      </span>
      {refusal === null && <span>· {isNews ? "new" : "answered the same before"}</span>}
      {requestId && (
        <span>
          · Request-ID <Copy text={requestId} what={`Request-ID ${requestId}`} />
        </span>
      )}
    </p>
  );
}

function Differences({ comparison }: { comparison: Comparison }) {
  const { eventId, eventType, isSharedOnly, differences } = comparison;
  const webhook = (
    <Link to={paths.webhook(eventId)} className="link font-mono text-[12.5px]">
      {eventType}
    </Link>
  );
  if (differences.length === 0) {
    return (
      <p>
        {isSharedOnly ? "Agrees in every field it shares with " : "Agrees in every field with "}
        {webhook}.
      </p>
    );
  }
  const material = differences.filter((one) => one.isMaterial);
  const rest = differences.filter((one) => !one.isMaterial);
  return (
    <div>
      <p>
        {material.length === 0 ? "Nothing that decides anything differs from " : "Differs from "}
        {webhook}
        {isSharedOnly && ", of the fields both have"}.
      </p>
      {material.length > 0 && <DifferenceList differences={material} label="What decides" />}
      {rest.length > 0 && (
        <details className="mt-1">
          <summary className="w-fit cursor-pointer text-muted hover:text-ink">
            {rest.length === 1 ? "1 other field" : `${rest.length} other fields`}
          </summary>
          <DifferenceList differences={rest} label="Other fields" />
        </details>
      )}
    </div>
  );
}

/** One under the other: the panel is narrow, and paths are long. */
function DifferenceList({ differences, label }: { differences: readonly FieldDifference[]; label: string }) {
  return (
    <ul className="mt-1 flex flex-col gap-1.5" aria-label={label}>
      {differences.map((one) => (
        <li key={`${one.path} ${one.kind}`} className="rounded-sm border border-line px-2 py-1">
          <code className="font-mono text-[12.5px] break-all">{one.path}</code>
          <dl className="grid grid-cols-[64px_minmax(0,1fr)] gap-x-2">
            <Side name="Xendit" value={one.api} />
            <Side name="Webhook" value={one.webhook} />
          </dl>
        </li>
      ))}
    </ul>
  );
}

function Side({ name, value }: { readonly name: string; readonly value: string | null }) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="font-mono text-[12.5px] break-all">
        {value ?? <span className="font-sans text-sm text-faint">not there</span>}
      </dd>
    </>
  );
}
