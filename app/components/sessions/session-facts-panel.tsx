import { describeLevers } from "~/domain/sessions/levers.ts";
import type { SessionPage } from "~/domain/sessions/session-page.server.ts";
import { environmentLabel } from "~/lib/environment.ts";
import { Id } from "../ui/id.tsx";
import { Facts, Panel } from "../ui/panel.tsx";
import { Time } from "../ui/time.tsx";

/** What is known of the session itself; its levers when it was started here with some. */
export function SessionFactsPanel({ page: { session, test } }: { page: SessionPage }) {
  const levers = describeLevers(test?.levers ?? {});
  return (
    <>
      <Panel title="Session" id="session">
        <Facts
          items={[
            { label: "Session id", value: <Id value={session.paymentSessionId} kind="session" whole /> },
            { label: "Environment", value: environmentLabel[session.environment] },
            { label: "Reference", value: <Id value={session.referenceId} kind="reference" whole /> },
            { label: "Type", value: [session.sessionType, session.mode].filter(Boolean).join(", ") || null },
            { label: "Capture", value: session.captureMethod },
            { label: "Country", value: session.country },
            { label: "Saved card", value: <Id value={session.paymentTokenId} kind="payment token" whole /> },
            { label: "Customer", value: <Id value={session.customerId} kind="customer" whole /> },
            { label: "Business", value: <Id value={session.businessId} kind="business id" whole /> },
            { label: "Created", value: <Time at={session.createdAt} /> },
            { label: "Expires", value: <Time at={session.expiresAt} /> },
            ...(test ? [] : [{ label: "Started", value: "elsewhere, not from this desk" }]),
          ]}
        />
      </Panel>
      {levers.length > 0 && (
        <Panel title="Levers" id="levers">
          <Facts items={levers.map(({ label, value }) => ({ label, value }))} />
        </Panel>
      )}
    </>
  );
}
