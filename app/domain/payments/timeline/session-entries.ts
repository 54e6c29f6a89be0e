import { paths, withParams } from "~/lib/paths.ts";
import type { PaymentDetail } from "../find-payment.server.ts";
import { type TimelineEntry, timelineEntry } from "./timeline-entry.ts";

/** The session's beginning and, once it is told, its end. An end that is still to come is expected, not told. */
export function sessionEntries(session: PaymentDetail["session"]): readonly TimelineEntry[] {
  if (!session) return [];
  const { paymentSessionId, environment, referenceId, createdAt, expiresAt, status } = session;
  const link = { path: withParams(paths.session(paymentSessionId), { environment }), text: "Session" };
  const created = timelineEntry({
    key: "session-created",
    kind: "session",
    at: createdAt,
    title: "Session created",
    detail: referenceId,
    link,
  });
  if (status !== "EXPIRED") return [created];
  const expired = { key: "session-expired", kind: "session", at: expiresAt, title: "Session expired" } as const;
  return [created, timelineEntry({ ...expired, order: expiresAt ?? createdAt ?? 0 })];
}
