import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { isRouteErrorResponse, Link, useActionData, useLoaderData, useRouteError } from "@remix-run/react";
import { useLive } from "~/components/live/use-live.ts";
import { useReadAgain } from "~/components/live/use-once-read.ts";
import { CheckPanel } from "~/components/payments/check-panel.tsx";
import { DisagreementsPanel, IdentifiersPanel, SessionPanel } from "~/components/payments/fact-panels.tsx";
import { CapturesPanel, DisputesPanel, RefundsPanel, TriedPanel } from "~/components/payments/money-panels.tsx";
import { NotesPanel } from "~/components/payments/notes-panel.tsx";
import { OtherPaymentPage } from "~/components/payments/other-payment.tsx";
import { PaymentHeader } from "~/components/payments/payment-header.tsx";
import { type MissingPayment, PaymentNotFound } from "~/components/payments/payment-not-found.tsx";
import { ReconciliationPanel } from "~/components/payments/reconciliation-panel.tsx";
import { TimelinePanel } from "~/components/payments/timeline-panel.tsx";
import { VerificationPanel } from "~/components/payments/verification-panel.tsx";
import { ProofActions } from "~/components/proof/proof-actions.tsx";
import { ReplayPayment } from "~/components/replays/replay-payment.tsx";
import { Page } from "~/components/ui/page.tsx";
import { changeNotes } from "~/domain/notes/change-notes.server.ts";
import { NoteForm } from "~/domain/notes/note.ts";
import { refuseNote } from "~/domain/notes/refuse-note.server.ts";
import { requireOperator } from "~/domain/operators/require-operator.server.ts";
import { findByIdentifier } from "~/domain/payments/find-payment.server.ts";
import { findOtherPayment } from "~/domain/payments/other-payment.server.ts";
import { type PaymentPage as PaymentPageData, readPaymentPage } from "~/domain/payments/payment-page.server.ts";
import { countWebhooksNaming } from "~/domain/webhooks/count-webhooks-naming.server.ts";
import { isEnvironment } from "~/lib/environment.ts";
import { parseForm } from "~/lib/form.ts";
import { paths, withParams } from "~/lib/paths.ts";
import { redirectWithToast } from "~/lib/toast.server.ts";

export const meta: MetaFunction = ({ params }) => [{ title: `${params.paymentRequestId} · Paydesk` }];

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const operator = await requireOperator({ request, context }, "payments:read");
  const { db } = context;
  const asked = params.paymentRequestId ?? "";
  const environment = environmentOf(request);

  const page = await readPaymentPage(context, operator, { paymentRequestId: asked, environment, now: Date.now() });
  if (page) return { page };

  const [only, ...others] = await findByIdentifier(db, operator.scope, { value: asked, environment });
  if (only && others.length === 0 && only.paymentRequestId !== asked) {
    throw redirect(withParams(paths.payment(only.paymentRequestId), { environment: only.environment }));
  }
  const other = await findOtherPayment(db, operator.scope, { id: asked, environment });
  if (other) return { other };
  const missing: MissingPayment = { asked, webhooks: await countWebhooksNaming(db, operator.scope, asked) };
  throw data(missing, { status: 404 });
}

/** Notes only: what else can be done to a payment has a route of its own. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const environment = environmentOf(request);
  const operator = await requireOperator({ request, context }, "notes:write");
  const sent = await request.formData();
  const form = parseForm(NoteForm, sent);
  if (!form.ok) return data(form, { status: 400 });

  const paymentRequestId = params.paymentRequestId ?? "";
  const of = { environment, paymentRequestId, operator, now: new Date() };
  const result = await changeNotes(context.db, { ...of, change: form.value });
  if (!result.ok && result.refusal === "not_found") throw new Response("Not found", { status: 404 });
  if (!result.ok) {
    return data(refuseNote(sent, result.refusal), { status: 409 });
  }
  const text = form.value.intent === "add-note" ? "Note added" : "Note removed";
  const page = withParams(paths.payment(paymentRequestId), { environment: result.value.environment });
  return redirectWithToast(`${page}#notes`, { tone: "good", text }, context);
}

export default function PaymentPage() {
  const loaded = useLoaderData<typeof loader>();
  useLive(useReadAgain());
  return loaded.other ? <OtherPaymentPage other={loaded.other} /> : <CardPaymentPage page={loaded.page} />;
}

/** The answer first; then what happened on the left and what is known on the right. */
function CardPaymentPage({ page }: { page: PaymentPageData }) {
  const { detail, timeline, checks, hasKey, notes, noteId, can, reconciliation } = page;
  const refused = useActionData<typeof action>();
  const { request } = detail;
  const { environment, paymentRequestId } = request;
  const list = withParams(paths.payments(), { environment });
  const webhooks = { total: detail.eventCount, told: detail.events.length };
  return (
    <Page
      title={paymentRequestId}
      back={<Link to={list}>Payments</Link>}
      environment={environment}
      actions={
        <ProofActions
          paymentRequestId={paymentRequestId}
          environment={environment}
          canExport={can.export}
          canReveal={can.reveal}
        />
      }
    >
      <PaymentHeader detail={detail} />
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        <div className="flex min-w-0 flex-col gap-4">
          <TimelinePanel
            entries={timeline}
            of={request}
            webhooks={webhooks}
            canCheck={can.check && hasKey}
            actions={can.replay && webhooks.total > 0 && <ReplayPayment of={request} />}
          />
          <CheckPanel {...{ environment, paymentRequestId, checks, hasKey }} canCheck={can.check} />
          <NotesPanel of={request} notes={notes} canWrite={can.note} noteId={noteId} refused={refused} />
          <TriedPanel detail={detail} />
          <CapturesPanel detail={detail} />
          <RefundsPanel refunds={detail.refunds} />
          <DisputesPanel disputes={detail.disputes} />
          <DisagreementsPanel request={request} />
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <VerificationPanel detail={detail} />
          <ReconciliationPanel group={reconciliation} />
          <SessionPanel detail={detail} />
          <IdentifiersPanel detail={detail} />
        </div>
      </div>
    </Page>
  );
}

function environmentOf(request: Request) {
  const given = new URL(request.url).searchParams.get("environment");
  return isEnvironment(given) ? given : null;
}

export function ErrorBoundary() {
  const error = useRouteError();
  if (isRouteErrorResponse(error) && error.status === 404) return <PaymentNotFound {...error.data} />;
  throw error;
}
