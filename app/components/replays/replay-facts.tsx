import { Link } from "@remix-run/react";
import type { ReplayRow } from "~/domain/replays/replay-queries.server.ts";
import { environmentLabel } from "~/lib/environment.ts";
import { paths } from "~/lib/paths.ts";
import { Id } from "../ui/id.tsx";
import { Facts, Panel } from "../ui/panel.tsx";
import { Time } from "../ui/time.tsx";
import { FilterWords } from "./selection-words.tsx";

/** What was ordered, by whom, and when. */
export function ReplayFacts({ replay, canSee }: { replay: ReplayRow; canSee: boolean }) {
  const { destinationId, destination, selection, targetUrl } = replay;
  return (
    <Panel title="Order" id="order">
      <Facts
        items={[
          ...(destination && destinationId
            ? [
                {
                  label: "To",
                  value: canSee ? (
                    <Link to={paths.destination(destinationId)} className="link">
                      {destination}
                    </Link>
                  ) : (
                    destination
                  ),
                },
              ]
            : []),
          ...(targetUrl ? [{ label: "To", value: <span className="font-mono break-all">{targetUrl}</span> }] : []),
          { label: "Which", value: selection === null ? "Chosen webhooks" : <FilterWords search={selection} /> },
          ...(replay.kind === "send"
            ? [{ label: "Delivered before", value: replay.includesDelivered ? "sent again" : "left out" }]
            : []),
          { label: "Environment", value: environmentLabel[replay.environment] },
          { label: "Ordered by", value: replay.orderedBy ?? "somebody removed since" },
          { label: "Ordered", value: <Time at={replay.orderedAt} seconds /> },
          { label: "Ended", value: <Time at={replay.finishedAt} seconds /> },
          { label: "Replay", value: <Id value={replay.replayId} kind="replay" /> },
        ]}
      />
    </Panel>
  );
}
