import { Link } from "@remix-run/react";
import type { ForwardLag } from "~/domain/forward/list-lags.server.ts";
import { paths } from "~/lib/paths.ts";
import { Notice } from "../ui/notice.tsx";
import { WaitingWords } from "./forward-facts.tsx";

/** On the overview: destinations whose forwarded webhooks have waited for more than a quarter of an hour. */
export function LateForwards({ late }: { late: readonly ForwardLag[] }) {
  if (late.length === 0) return null;
  return (
    <Notice tone="look" title="Forwarded webhooks are late">
      <ul>
        {late.map((queue) => (
          <li key={queue.replayId}>
            <Link to={paths.destinationForward(queue.destinationId)} className="link">
              {queue.name}
            </Link>{" "}
            has waiting: <WaitingWords queue={queue} />. Nothing is lost; it is sent once the destination answers.
          </li>
        ))}
      </ul>
    </Notice>
  );
}
