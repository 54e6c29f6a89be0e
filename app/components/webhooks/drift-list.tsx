import { Form, Link } from "@remix-run/react";
import { driftSentence, driftWeight, driftWord } from "~/domain/webhooks/drift/drift.ts";
import type { DriftNotice } from "~/domain/webhooks/drift/list-drift.server.ts";
import { paths } from "~/lib/paths.ts";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { Time } from "../ui/time.tsx";

interface DriftListProps {
  readonly notices: readonly DriftNotice[];
  readonly canAcknowledge: boolean;
}

export function DriftList({ notices, canAcknowledge }: DriftListProps) {
  return (
    <ul className="divide-y divide-line rounded-md border border-line bg-surface" aria-label="Schema drift">
      {notices.map((notice) => (
        <DriftItem key={notice.noticeId} notice={notice} canAcknowledge={canAcknowledge} />
      ))}
    </ul>
  );
}

function DriftItem({ notice, canAcknowledge }: { readonly notice: DriftNotice; readonly canAcknowledge: boolean }) {
  const { noticeId, eventType, path, kind, at, eventId, example, acknowledgedAt } = notice;
  const isOpen = acknowledgedAt === null;
  const tone = isOpen && driftWeight(notice) === "look" ? "look" : "unknown";
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2 px-4 py-3">
      <div className="min-w-0 flex-1 basis-[320px]">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <Badge tone={tone}>{driftWord[kind]}</Badge>
          <code className="font-mono text-[12.5px] break-all">{path}</code>
          <span className="text-sm text-muted">in {eventType}</span>
        </p>
        <p className="mt-1 text-sm">{driftSentence(notice)}</p>
        {kind !== "vanished" && example !== null && (
          <p className="mt-0.5 text-sm text-muted">
            Came as <code className="font-mono text-[12.5px] break-all text-ink">{example}</code>
          </p>
        )}
        <p className="mt-0.5 text-sm text-muted">
          {eventId ? (
            <Link to={paths.webhook(eventId)} className="link">
              {kind === "vanished" ? "The fiftieth event without it" : "The first such event"}
            </Link>
          ) : (
            "Its event is no longer kept"
          )}
          , <Time at={at} />
        </p>
      </div>
      <Acknowledgement notice={notice} canAcknowledge={canAcknowledge} noticeId={noticeId} />
    </li>
  );
}

function Acknowledgement({
  notice: { acknowledgedAt, acknowledgedBy, path },
  noticeId,
  canAcknowledge,
}: {
  readonly notice: DriftNotice;
  readonly noticeId: string;
  readonly canAcknowledge: boolean;
}) {
  if (acknowledgedAt !== null) {
    return (
      <p className="text-sm text-muted">
        Acknowledged <Time at={acknowledgedAt} />
        {acknowledgedBy && <span className="block break-all">by {acknowledgedBy}</span>}
      </p>
    );
  }
  if (!canAcknowledge) return null;
  return (
    <Form method="post" preventScrollReset>
      <Button type="submit" size="sm" name="noticeId" value={noticeId} aria-label={`Acknowledge ${path}`}>
        Acknowledge
      </Button>
    </Form>
  );
}
