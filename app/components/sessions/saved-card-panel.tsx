import type { SessionPage } from "~/domain/sessions/session-page.server.ts";
import { paths, withParams } from "~/lib/paths.ts";
import { ButtonLink } from "../ui/button.tsx";
import { Id } from "../ui/id.tsx";
import { Panel } from "../ui/panel.tsx";

/** What a session that saves a card came to: a token to pay with, once its webhook says that it is active. */
export function SavedCardPanel({ page: { session, steps, webhooks } }: { page: SessionPage }) {
  const token = steps.findLast((one) => one.step === "cvn")?.outcome ?? session.paymentTokenId;
  const isActive = webhooks.some((one) => one.eventType === "payment_token.activation");
  return (
    <Panel title="Saved card" id="results">
      {token === null ? (
        <p className="text-muted">Nothing yet: no card has been entered.</p>
      ) : (
        <div className="flex flex-col items-start gap-3">
          <Id value={token} kind="payment token" whole />
          <p className="text-muted">{isActive ? "Active: it can be paid with." : "Not active yet."}</p>
          {isActive && (
            <ButtonLink to={withParams(paths.newSession(), { environment: session.environment, card: token })}>
              Start a session with it
            </ButtonLink>
          )}
        </div>
      )}
    </Panel>
  );
}
