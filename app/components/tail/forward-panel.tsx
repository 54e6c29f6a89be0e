import type { Forward } from "~/domain/forward/forward.ts";
import { environmentLabel } from "~/lib/environment.ts";
import { paths } from "~/lib/paths.ts";
import { ButtonLink } from "../ui/button.tsx";
import { Panel } from "../ui/panel.tsx";
import { ForwardState, QueueFacts } from "./forward-facts.tsx";

/** On a destination's page: whether it gets what arrives by itself, and how far behind it is. */
export function ForwardPanel({ forward }: { forward: Forward }) {
  const { forwards, queues, destinationId } = forward;
  return (
    <Panel title="Forwarding" id="forwarding" actions={<ForwardState forward={forward} />}>
      <div className="flex flex-col gap-3">
        {queues.length === 0 && (
          <p className="text-sm text-muted">
            {forwards
              ? "Every new webhook it takes is sent to it as it arrives."
              : "Nothing is sent to it by itself: only what somebody chooses and sends."}
          </p>
        )}
        {queues.map((queue) => (
          <section key={queue.replayId}>
            {queues.length > 1 && <h3 className="mb-1 font-medium">{environmentLabel[queue.environment]}</h3>}
            <QueueFacts queue={queue} />
          </section>
        ))}
        <div>
          <ButtonLink to={paths.destinationForward(destinationId)}>
            {forwards ? "Change forwarding" : "Set up forwarding"}
          </ButtonLink>
        </div>
      </div>
    </Panel>
  );
}
