import { Link } from "@remix-run/react";
import { ChevronRight } from "lucide-react";
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
        <span className="inline-flex items-center gap-x-1">
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
  const material = differences.filter((one) => one.isMaterial);
  const rest = differences.filter((one) => !one.isMaterial);
  if (material.length === 0) {
    return (
      <div>
        <p>
          Agrees with {webhook} {agreement(rest.length, isSharedOnly)}.
        </p>
        <Rest differences={rest} />
      </div>
    );
  }
  return (
    <div>
      <p>
        <span className="font-medium text-look">Differs</span> from {webhook}:
      </p>
      <ul className="mt-1 flex flex-col gap-1.5" aria-label="What differs and matters">
        {material.map((one) => (
          <Difference key={`${one.path} ${one.kind}`} difference={one} />
        ))}
      </ul>
      <Rest differences={rest} />
    </div>
  );
}

function agreement(others: number, isSharedOnly: boolean): string {
  if (others > 0) return "in ids, status, amounts and results";
  return isSharedOnly ? "in every field both have" : "in every field";
}

/** What decides nothing, folded: contradictions, then what one side alone has. */
function Rest({ differences }: { differences: readonly FieldDifference[] }) {
  if (differences.length === 0) return null;
  const of = (kind: FieldDifference["kind"]) => differences.filter((one) => one.kind === kind);
  const [differing, inAnswer, inWebhook] = [of("differs"), of("only in API answer"), of("only in webhook")];
  const counts = [
    differing.length > 0 && `${differing.length} differ${differing.length === 1 ? "s" : ""}`,
    inAnswer.length > 0 && `${inAnswer.length} only in the answer`,
    inWebhook.length > 0 && `${inWebhook.length} only in the webhook`,
  ].filter(Boolean);
  return (
    <details className="group mt-1">
      <summary className="w-fit cursor-pointer text-muted hover:text-ink">
        <ChevronRight size={13} aria-hidden className="mr-0.5 inline align-[-2px] group-open:rotate-90" />
        Other fields: {counts.join(", ")}
      </summary>
      <div className="mt-1 flex flex-col gap-2">
        {differing.length > 0 && (
          <ul className="flex flex-col gap-1.5" aria-label="Other fields that differ">
            {differing.map((one) => (
              <Difference key={one.path} difference={one} />
            ))}
          </ul>
        )}
        <OneSided title="Only in the answer" fields={inAnswer} />
        <OneSided title="Only in the webhook" fields={inWebhook} />
      </div>
    </details>
  );
}

/** One value under the other: the panel is narrow, and paths are long. */
function Difference({ difference: { path, api, webhook } }: { difference: FieldDifference }) {
  return (
    <li className="rounded-sm border border-line px-2 py-1">
      <code className="font-mono text-[12.5px] break-all">{path}</code>
      <dl className="grid grid-cols-[64px_minmax(0,1fr)] gap-x-2">
        <Side name="Xendit" value={api} />
        <Side name="Webhook" value={webhook} />
      </dl>
    </li>
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

function OneSided({ title, fields }: { readonly title: string; readonly fields: readonly FieldDifference[] }) {
  if (fields.length === 0) return null;
  return (
    <div>
      <h4 className="text-xs font-medium text-muted">{title}</h4>
      <dl className="mt-0.5 flex flex-col gap-1 font-mono text-[12.5px]">
        {fields.map(({ path, api, webhook }) => (
          <div key={path}>
            <dt className="break-all text-muted">{path}</dt>
            <dd className="pl-3 break-all">{api ?? webhook}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
