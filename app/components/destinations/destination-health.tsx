import { Form } from "@remix-run/react";
import { breakerState, FAILURES_TO_OPEN, openForMs, openUntil } from "~/domain/destinations/breaker.ts";
import type { DestinationDetail, DestinationRow } from "~/domain/destinations/destination.ts";
import type { LatestDeliveries } from "~/domain/destinations/latest-deliveries.server.ts";
import { StatusBadge } from "../codes/status-badge.tsx";
import { Button } from "../ui/button.tsx";
import { Notice } from "../ui/notice.tsx";
import { Facts, Panel } from "../ui/panel.tsx";
import { Time } from "../ui/time.tsx";
import { useViewer } from "../ui/viewer.tsx";
import { DestinationStateBadge } from "./destination-state-badge.tsx";

interface DestinationHealthProps {
  readonly destination: DestinationDetail;
  readonly outcomes: LatestDeliveries["outcomes"];
}

/** How deliveries to it have gone. */
export function DestinationHealth({ destination, outcomes }: DestinationHealthProps) {
  return (
    <Panel title="Health" id="health">
      <Facts
        items={[
          { label: "State", value: <DestinationStateBadge destination={destination} /> },
          { label: "Last delivered", value: <AtOrNever at={destination.lastDeliveredAt} /> },
          { label: "Last failed", value: <AtOrNever at={destination.lastFailedAt} /> },
          { label: "Last outcome", value: <LastOutcome outcome={destination.lastOutcome} /> },
          { label: "Failures in a row", value: <span className="figures">{destination.breaker.failuresInRow}</span> },
          { label: "Breaker", value: <BreakerFact destination={destination} /> },
          { label: "Latest tries", value: <Outcomes outcomes={outcomes} /> },
        ]}
      />
    </Panel>
  );
}

function AtOrNever({ at }: { at: number | null }) {
  return at === null ? <span className="text-muted">never</span> : <Time at={at} />;
}

function LastOutcome({ outcome }: { outcome: string | null }) {
  return outcome === null ? (
    <span className="text-muted">none yet</span>
  ) : (
    <StatusBadge kind="attempt" code={outcome} />
  );
}

function Outcomes({ outcomes }: { outcomes: LatestDeliveries["outcomes"] }) {
  if (outcomes.length === 0) return <span className="text-muted">none yet</span>;
  return (
    <span className="flex flex-wrap gap-x-3 gap-y-1">
      {outcomes.map(({ outcome, count }) => (
        <span key={outcome} className="inline-flex items-center gap-1">
          <StatusBadge kind="attempt" code={outcome} />
          <span className="figures">×{count.toLocaleString("en")}</span>
        </span>
      ))}
    </span>
  );
}

function BreakerFact({ destination: { breaker } }: { destination: DestinationRow }) {
  const { now } = useViewer();
  const words = {
    closed: `Closed; opens after ${FAILURES_TO_OPEN} failures in a row`,
    open: "Open: nothing is sent",
    half_open: "Half open: one probe may go",
  } as const;
  return words[breakerState(breaker, now)];
}

interface DestinationNoticesProps {
  readonly destination: DestinationDetail;
  readonly canChange: boolean;
}

/** What keeps deliveries from going out, above everything else. */
export function DestinationNotices({ destination, canChange }: DestinationNoticesProps) {
  if (destination.environments.length === 0) {
    return (
      <Notice tone="look" title="Nothing is sent to it any more">
        Whoever added it may no longer write destinations for the environments it takes.
      </Notice>
    );
  }
  return (
    <>
      {!destination.isOn && (
        <Notice tone="look" title="This destination is off">
          Nothing is sent to it. What waits for it waits, and goes out when it is turned on.
        </Notice>
      )}
      <BreakerNotice {...{ destination, canChange }} />
      {destination.isOn && destination.lastOutcome === "410" && (
        <Notice tone="look" title="Its last answer was 410 Gone">
          The receiver says that it wants no more. That delivery ended with it, and nothing is forwarded any longer;
          what somebody sends is tried all the same. Correct the URL, or turn the destination off.
        </Notice>
      )}
    </>
  );
}

function BreakerNotice({ destination, canChange }: DestinationNoticesProps) {
  const { now } = useViewer();
  const { breaker, lastOutcome } = destination;
  const state = breakerState(breaker, now);
  if (state === "closed") return null;
  const until = openUntil(breaker);
  return (
    <Notice
      tone="bad"
      title={`Held back: ${breaker.failuresInRow} failures in a row${lastOutcome ? `, the last one ${lastOutcome}` : ""}`}
      action={
        canChange && (
          <Form method="post">
            <input type="hidden" name="intent" value="reset" />
            <Button type="submit" size="sm">
              Close the breaker
            </Button>
          </Form>
        )
      }
    >
      {state === "open" && until !== null ? (
        <>
          Opened for {minutes(openForMs(breaker.failuresInRow))}. One probe goes out at{" "}
          <Time at={until} relative={false} seconds />; an answer closes the breaker, another failure opens it for
          longer.
        </>
      ) : (
        "One probe goes out with the next delivery: an answer closes the breaker, another failure opens it for longer."
      )}
    </Notice>
  );
}

function minutes(ms: number): string {
  const count = ms / 60_000;
  return count === 1 ? "one minute" : `${count} minutes`;
}
