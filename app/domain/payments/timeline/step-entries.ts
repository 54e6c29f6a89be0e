import { paths, withParams } from "~/lib/paths.ts";
import { stepText } from "../../sessions/session-story.ts";
import type { PaymentSteps } from "../payment-steps.server.ts";
import { type TimelineEntry, timelineEntry } from "./timeline-entry.ts";

/** What this desk saw of a test session: CVN collected, 3-D Secure, the return, its own looks at the API. */
export function stepEntries({ steps, paymentSessionId, environment }: PaymentSteps): readonly TimelineEntry[] {
  if (paymentSessionId === null) return [];
  const path = withParams(paths.session(paymentSessionId), { environment });
  return steps
    .filter(({ step, outcome }) => !(step === "session" && outcome === "created"))
    .map(({ stepId, step, at, outcome }) =>
      timelineEntry({
        key: `step-${stepId}`,
        kind: step === "check" ? "check" : step === "three_ds" ? "three_ds" : "step",
        tone: outcome === "failure" || outcome.endsWith("_refused") ? "look" : "unknown",
        at,
        title: step === "cvn" ? "CVN collected, payment request handed back" : stepText({ step, outcome }),
        detail: step === "return" ? "An address that was opened is no proof of a payment." : null,
        link: { path, text: "Request and response" },
      }),
    );
}
