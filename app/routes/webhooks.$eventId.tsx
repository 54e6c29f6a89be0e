import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { useLive } from "~/components/live/use-live.ts";
import { useReadAgain } from "~/components/live/use-once-read.ts";
import { ExpungedNotice } from "~/components/quarantine/expunged-notice.tsx";
import { QuarantineActions } from "~/components/quarantine/quarantine-actions.tsx";
import { SetAsideNotice } from "~/components/quarantine/set-aside-notice.tsx";
import { EventReplays } from "~/components/replays/event-replays.tsx";
import { ReplayActions } from "~/components/replays/replay-actions.tsx";
import { Page } from "~/components/ui/page.tsx";
import { HeadersPanel, KeyPanel, ReceiptsPanel } from "~/components/webhooks/arrival-panels.tsx";
import { BodyPanel } from "~/components/webhooks/body-panel.tsx";
import { CompareMenu } from "~/components/webhooks/compare-menu.tsx";
import { EffectPanel } from "~/components/webhooks/effect-panel.tsx";
import { EventSummary } from "~/components/webhooks/event-summary.tsx";
import { ProjectedPanel } from "~/components/webhooks/projected-panel.tsx";
import { SameKeyPanel } from "~/components/webhooks/same-key-panel.tsx";
import { listDestinations } from "~/domain/destinations/destination-queries.server.ts";
import { requireOperator } from "~/domain/operators/require-operator.server.ts";
import { findMarks } from "~/domain/quarantine/find-marks.server.ts";
import { findEffect } from "~/domain/webhooks/find-effect.server.ts";
import { findWebhook } from "~/domain/webhooks/find-webhook.server.ts";
import { revealPersonal } from "~/domain/webhooks/reveal-personal.server.ts";
import { parseForm } from "~/lib/form.ts";
import { paths, withParams } from "~/lib/paths.ts";

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [
  { title: `${loaded?.detail.event.eventType ?? "Webhook"} · Paydesk` },
];

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const operator = await requireOperator({ request, context }, "payments:read");
  const detail = await findWebhook(context.db, operator.scope, params.eventId ?? "");
  if (!detail) throw new Response("Not found", { status: 404 });
  const { environment } = detail.event;
  const canSend = operator.can("replays:send", environment);
  const destinations = canSend ? await listDestinations(context.db, operator.scope) : [];
  return {
    detail,
    effect: await findEffect(context.db, detail.event),
    marks: await findMarks(context.db, detail.event),
    canSetAside: operator.can("quarantine:set-aside", environment),
    canExpunge: operator.can("webhooks:expunge", environment),
    canSend,
    canReprocess: operator.can("webhooks:reprocess", environment),
    canReveal: operator.can("pii:reveal", environment),
    destinations: destinations.map(({ destinationId, name }) => ({ destinationId, name })),
    replayKey: crypto.randomUUID(),
  };
}

const RevealForm = z.object({
  intent: z.literal("reveal"),
  reason: z.string().trim().min(3, "Say why, in a few words").max(300, "At most 300 characters"),
});

export async function action({ request, params, context }: ActionFunctionArgs) {
  const operator = await requireOperator({ request, context }, "pii:reveal");
  const form = parseForm(RevealForm, await request.formData());
  if (!form.ok) return data({ error: form.errors.reason ?? "This form was not understood" }, { status: 400 });

  const { reason } = form.value;
  const order = { eventId: params.eventId ?? "", operator, reason, now: new Date() };
  const revealed = await revealPersonal(context.db, order);
  if (!revealed) throw new Response("Not found", { status: 404 });
  return data({ text: revealed.text, base64: revealed.base64 }, { headers: { "Cache-Control": "no-store" } });
}

export default function WebhookPage() {
  const { detail, effect, marks, canReveal, canSetAside, canExpunge, ...replay } = useLoaderData<typeof loader>();
  const { event, body } = detail;
  useLive(useReadAgain());
  const kept = marks.expunged ? "Its body was expunged" : null;
  const notSendable = event.masked ? "Masked bytes go to no destination" : kept;
  const list = withParams(paths.webhooks(), { environment: event.environment });
  return (
    <Page
      title={event.eventType}
      back={<Link to={list}>Webhooks</Link>}
      environment={event.environment}
      actions={
        <>
          <QuarantineActions event={event} canSetAside={canSetAside} canExpunge={canExpunge} />
          <ReplayActions
            eventId={event.eventId}
            environment={event.environment}
            notSendable={notSendable}
            {...replay}
            canReprocess={replay.canReprocess && !marks.expunged}
          />
        </>
      }
    >
      <EventSummary detail={detail} />
      {marks.setAside && <SetAsideNotice setAside={marks.setAside} />}
      {marks.expunged && <ExpungedNotice expunged={marks.expunged} />}
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        <div className="flex min-w-0 flex-col gap-4">
          {!marks.expunged && (
            <BodyPanel
              key={event.eventId}
              eventId={event.eventId}
              body={body}
              canReveal={canReveal}
              actions={<CompareMenu eventId={event.eventId} comparable={detail.comparable} />}
            />
          )}
          <SameKeyPanel detail={detail} />
          <HeadersPanel event={event} />
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          {!marks.expunged && (
            <>
              <EffectPanel effect={effect} />
              <ProjectedPanel detail={detail} />
            </>
          )}
          <ReceiptsPanel detail={detail} />
          <EventReplays deliveries={detail.deliveries} />
          <KeyPanel detail={detail} />
        </div>
      </div>
    </Page>
  );
}
