import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { findDestination } from "~/domain/destinations/destination-queries.server.ts";
import { requireOperator } from "~/domain/operators/require-operator.server.ts";
import { awaitReplay } from "~/domain/replays/await-replay.server.ts";
import { listDeliveries } from "~/domain/replays/delivery-queries.server.ts";
import { orderReplay } from "~/domain/replays/order-replay.server.ts";
import { deliveryText, replayRefusals } from "~/domain/replays/replay.ts";
import { ReplayEventForm } from "~/domain/replays/replay-form.ts";
import { findReplay } from "~/domain/replays/replay-queries.server.ts";
import { reprocessReplay } from "~/domain/replays/reprocess-replay.server.ts";
import { parseForm } from "~/lib/form.ts";
import { paths } from "~/lib/paths.ts";
import { redirectWithToast } from "~/lib/toast.server.ts";
import { DEFAULT_ZONE } from "~/lib/zone.ts";

/** A quick receiver answers within this; a slow one is followed on the replay's own page. */
const PATIENCE_MS = 2_000;

/** There is nothing to look at here: the form is on the webhook's page. */
export function loader({ params }: LoaderFunctionArgs) {
  return redirect(paths.webhook(params.eventId ?? ""));
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const form = await request.formData();
  const isSending = form.get("intent") === "send";
  const operator = await requireOperator({ request, context }, isSending ? "replays:send" : "webhooks:reprocess");
  const eventId = params.eventId ?? "";
  const parsed = parseForm(ReplayEventForm, form);
  if (!parsed.ok) return refuse(Object.values(parsed.errors)[0] ?? "This form was not understood.");

  const { db, signals } = context;
  const destinationId = parsed.value.intent === "send" ? parsed.value.destinationId : null;
  const { idempotencyKey } = parsed.value;
  // One that is not theirs to send to answers as one that is gone.
  if (destinationId !== null && !(await findDestination(db, operator.scope, destinationId))) {
    return refuse(replayRefusals.destination_not_found);
  }
  const ordered = await orderReplay(db, {
    selection: { kind: "events", eventIds: [eventId] },
    destinationId,
    // Somebody who asks for this one webhook means it, wherever it was before.
    includesDelivered: true,
    confirmation: null,
    zone: operator.preferences.zone ?? DEFAULT_ZONE,
    idempotencyKey,
    operator,
    now: new Date(),
  });
  if (!ordered.ok) {
    if (ordered.refusal === "event_not_found") throw new Response("Not found", { status: 404 });
    return refuse(replayRefusals[ordered.refusal]);
  }

  const { replayId } = ordered.value;
  if (destinationId !== null) {
    signals.ring("deliveries");
    await awaitReplay(db, operator.scope, { replayId, atMostMs: PATIENCE_MS });
  } else {
    await reprocessReplay(db, replayId, Date.now);
  }
  const replay = await findReplay(db, operator.scope, replayId);
  const page = await listDeliveries(db, operator.scope, { replayId, state: null, cursor: null });
  const [delivery] = page?.rows ?? [];
  const state = delivery?.state ?? "waiting";
  const outcome = delivery?.outcome ?? null;
  const text = destinationId
    ? deliveryText({ state, outcome, destination: replay?.destination ?? null })
    : (outcome ?? "Processed again");
  const tone = state === "delivered" ? "good" : state === "waiting" ? "waiting" : "bad";
  const url = destinationId ? paths.replay(replayId) : paths.webhook(eventId);
  return redirectWithToast(url, { tone, text }, context);

  function refuse(text: string) {
    return redirectWithToast(paths.webhook(eventId), { tone: "bad", text }, context);
  }
}
