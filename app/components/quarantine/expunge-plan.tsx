import { Link } from "@remix-run/react";
import type { EventMention, Expungeable } from "~/domain/quarantine/find-expungeable.server.ts";
import { paths } from "~/lib/paths.ts";
import { Facts, Panel } from "../ui/panel.tsx";
import { Time } from "../ui/time.tsx";

/** Exactly what happens, before anything does. */
export function ExpungePlan({ event }: { event: Expungeable }) {
  const { digest, size, twins, related, receipts, attempts, environment } = event;
  return (
    <Panel title="What happens">
      <ul className="flex list-disc flex-col gap-1.5 pl-5">
        <li>
          The {size.toLocaleString("en")} bytes of its body, and of its{" "}
          {receipts === 1 ? "receipt" : `${receipts} receipts`}, are overwritten in the database and in its write-ahead
          log. This cannot be undone.
        </li>
        {twins.length > 0 && (
          <li>
            So are those of {twins.length === 1 ? "the event" : `the ${twins.length} events`} with the very same
            content:
            <Mentions events={twins} />
          </li>
        )}
        <li>Values of its headers go, and every id, amount and code that was read of it.</li>
        <li>
          The payment it told of is folded again without it. A payment that nothing else tells of is gone from every
          list and sum.
        </li>
        {attempts > 0 && (
          <li>What destinations answered to its replays is cleared. It is not sent anywhere any more.</li>
        )}
        <li>Should Xendit send it again, the arrival is counted and its bytes are not kept.</li>
      </ul>
      <h3 className="mt-4 mb-1 font-semibold">What stays</h3>
      <ul className="flex list-disc flex-col gap-1.5 pl-5">
        <li>When it arrived, its type, who expunged it, when and why; the audit log has the same.</li>
        <li>
          Its size and SHA-256, which say what it was:{" "}
          <span className="font-mono text-[12.5px] break-all">{digest}</span>. A secret of a few digits can be guessed
          from them by somebody who knows the rest of the body.
        </li>
        <li>
          Whatever left this database before: backups, evidence files and exports, what destinations took, snapshots of
          the disk.
          {environment === "sandbox" &&
            " The sandbox, which stands in for Xendit, keeps its own copy until it is cleared."}
        </li>
      </ul>
      {related.length > 0 && (
        <>
          <h3 className="mt-4 mb-1 font-semibold">Look here too</h3>
          <p>Of the same key or payment, but with another body. Whether they hold the secret is for you to see:</p>
          <Mentions events={related} />
        </>
      )}
    </Panel>
  );
}

function Mentions({ events }: { events: readonly EventMention[] }) {
  return (
    <ul className="mt-1">
      {events.map(({ eventId, eventType, firstReceivedAt }) => (
        <li key={eventId}>
          <Link to={paths.webhook(eventId)} className="link">
            {eventType}
          </Link>
          , <Time at={firstReceivedAt} />
        </li>
      ))}
    </ul>
  );
}

/** Which event it is about, so that nobody expunges another. */
export function ExpungeSubject({ event }: { event: Expungeable }) {
  return (
    <Panel title="The webhook">
      <Facts
        items={[
          { label: "Event", value: event.eventType },
          { label: "Environment", value: event.environment },
          { label: "Received", value: <Time at={event.firstReceivedAt} relative={false} seconds /> },
          {
            label: "Payment request",
            value: event.paymentRequestId && (
              <span className="font-mono text-[12.5px] break-all">{event.paymentRequestId}</span>
            ),
          },
          { label: "Id", value: <span className="font-mono text-[12.5px] break-all">{event.eventId}</span> },
        ]}
      />
    </Panel>
  );
}
