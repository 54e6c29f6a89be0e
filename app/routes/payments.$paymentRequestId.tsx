import { data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { isRouteErrorResponse, Link, useLoaderData, useRevalidator, useRouteError } from "@remix-run/react";
import { useLive } from "~/components/live/use-live.ts";
import { DisagreementsPanel, IdentifiersPanel, SessionPanel } from "~/components/payments/fact-panels.tsx";
import { CapturesPanel, DisputesPanel, RefundsPanel, TriedPanel } from "~/components/payments/money-panels.tsx";
import { OtherPaymentPage } from "~/components/payments/other-payment.tsx";
import { PaymentHeader } from "~/components/payments/payment-header.tsx";
import { type MissingPayment, PaymentNotFound } from "~/components/payments/payment-not-found.tsx";
import { TimelinePanel } from "~/components/payments/timeline-panel.tsx";
import { VerificationPanel } from "~/components/payments/verification-panel.tsx";
import { Page } from "~/components/ui/page.tsx";
import { requireOperator } from "~/domain/operators/require-operator.server.ts";
import { findByIdentifier, findPayment, type PaymentDetail } from "~/domain/payments/find-payment.server.ts";
import { findOtherPayment } from "~/domain/payments/other-payment.server.ts";
import { paymentTimeline, type TimelineEntry } from "~/domain/payments/payment-timeline.ts";
import { countWebhooksNaming } from "~/domain/webhooks/count-webhooks-naming.server.ts";
import { isEnvironment } from "~/lib/environment.ts";
import { paths, withParams } from "~/lib/paths.ts";

export const meta: MetaFunction = ({ params }) => [{ title: `${params.paymentRequestId} · Paydesk` }];

export async function loader({ request, params, context: { db, ...context } }: LoaderFunctionArgs) {
  const { scope } = await requireOperator({ request, context: { db, ...context } }, "payments:read");
  const asked = params.paymentRequestId ?? "";
  const given = new URL(request.url).searchParams.get("environment");
  const environment = isEnvironment(given) ? given : null;

  const detail = await findPayment(db, scope, { paymentRequestId: asked, environment });
  if (detail) return { detail, timeline: paymentTimeline(detail, Date.now()) };

  const [only, ...others] = await findByIdentifier(db, scope, { value: asked, environment });
  if (only && others.length === 0 && only.paymentRequestId !== asked) {
    throw redirect(withParams(paths.payment(only.paymentRequestId), { environment: only.environment }));
  }
  const other = await findOtherPayment(db, scope, { id: asked, environment });
  if (other) return { other };
  const missing: MissingPayment = { asked, webhooks: await countWebhooksNaming(db, scope, asked) };
  throw data(missing, { status: 404 });
}

export default function PaymentPage() {
  const loaded = useLoaderData<typeof loader>();
  const { revalidate, state } = useRevalidator();
  useLive(() => state === "idle" && revalidate());
  return loaded.other ? <OtherPaymentPage other={loaded.other} /> : <CardPaymentPage {...loaded} />;
}

interface CardPayment {
  readonly detail: PaymentDetail;
  readonly timeline: readonly TimelineEntry[];
}

function CardPaymentPage({ detail, timeline }: CardPayment) {
  const { request, payments } = detail;
  const decisive = payments.find((payment) => payment.paymentId === request.paymentId) ?? null;
  const list = withParams(paths.payments(), { environment: request.environment });
  return (
    <Page title={request.paymentRequestId} back={<Link to={list}>Payments</Link>}>
      <PaymentHeader request={request} />
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        <div className="flex min-w-0 flex-col gap-4">
          <TimelinePanel entries={timeline} />
          <TriedPanel detail={detail} />
          <CapturesPanel detail={detail} />
          <RefundsPanel refunds={detail.refunds} />
          <DisputesPanel disputes={detail.disputes} />
          <DisagreementsPanel request={request} />
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <VerificationPanel request={request} decisive={decisive} />
          <SessionPanel detail={detail} />
          <IdentifiersPanel detail={detail} />
        </div>
      </div>
    </Page>
  );
}

export function ErrorBoundary() {
  const error = useRouteError();
  if (isRouteErrorResponse(error) && error.status === 404) return <PaymentNotFound {...error.data} />;
  throw error;
}
