import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData, useNavigation } from "@remix-run/react";
import { StatusBadge } from "~/components/codes/status-badge.tsx";
import { SavedCardPanel } from "~/components/sessions/saved-card-panel.tsx";
import { SessionFactsPanel } from "~/components/sessions/session-facts-panel.tsx";
import { SessionNotices } from "~/components/sessions/session-notices.tsx";
import { SessionResults } from "~/components/sessions/session-results.tsx";
import { SessionStepper } from "~/components/sessions/session-stepper.tsx";
import { useFollow } from "~/components/sessions/use-follow.ts";
import { Button, buttonClass } from "~/components/ui/button.tsx";
import { Money } from "~/components/ui/money.tsx";
import { Notice } from "~/components/ui/notice.tsx";
import { Page } from "~/components/ui/page.tsx";
import { Panel } from "~/components/ui/panel.tsx";
import { requireOperator } from "~/domain/operators/require-operator.server.ts";
import { cancelRefusalText, cancelSession } from "~/domain/sessions/cancel-session.server.ts";
import { obstaclesOf } from "~/domain/sessions/new-session-page.server.ts";
import { findSessionPage } from "~/domain/sessions/session-page.server.ts";
import { sessionPath } from "~/domain/sessions/session-path.ts";
import { isFinished, tellStory } from "~/domain/sessions/session-story.ts";
import { isEnvironment } from "~/lib/environment.ts";
import { paths, withParams } from "~/lib/paths.ts";
import { redirectWithToast } from "~/lib/toast.server.ts";

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [
  { title: `Session ${loaded?.page.session.paymentSessionId ?? ""} · Paydesk` },
];

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const operator = await requireOperator({ request, context }, "payments:read");
  const page = await findSessionPage(context.db, operator.scope, asked(request, params.paymentSessionId));
  if (!page) throw new Response("There is no such session here.", { status: 404 });
  const { environment, status, expiresAt } = page.session;
  const now = Date.now();
  const isOpen = status === "ACTIVE" || status === "PENDING";
  return {
    page,
    chapters: tellStory(page),
    isOpen,
    isFinished: isFinished(page),
    isPastExpiry: isOpen && expiresAt !== null && now > expiresAt,
    isMine: page.test?.operatorId === operator.operatorId,
    mayStart: operator.can("sessions:create", environment),
    obstacles: page.test ? obstaclesOf(context.config, environment) : [],
  };
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const operator = await requireOperator({ request, context }, "sessions:create");
  const page = await findSessionPage(context.db, operator.scope, asked(request, params.paymentSessionId));
  if (!page) throw new Response("There is no such session here.", { status: 404 });
  const { environment, paymentSessionId } = page.session;
  const cancelled = await cancelSession(context.db, {
    config: context.config,
    environment,
    paymentSessionId,
    by: operator,
    now: new Date(),
  });
  if (cancelled.ok) {
    const back = sessionPath(page.session, context.config);
    return redirectWithToast(back, { tone: "good", text: "Session cancelled." }, context);
  }
  context.signals.ring("polls");
  const message = cancelled.refusal === "xendit" ? cancelled.error.message : cancelRefusalText[cancelled.refusal];
  return data({ message }, { status: 409 });
}

function asked(request: Request, paymentSessionId = "") {
  const environment = new URL(request.url).searchParams.get("environment");
  return { paymentSessionId, environment: isEnvironment(environment) ? environment : null };
}

export default function SessionPage() {
  const loaded = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const { page, chapters } = loaded;
  const { session } = page;
  useFollow(loaded.isFinished);
  return (
    <Page
      title={session.paymentSessionId}
      back={<Link to={withParams(paths.sessions(), { environment: session.environment })}>Sessions</Link>}
      subtitle={
        <span className="flex flex-wrap items-center gap-2">
          <StatusBadge kind="session" code={session.status} />
          {session.sessionType === "SAVE" ? (
            "saves a card"
          ) : (
            <Money minor={session.amountMinor} raw={session.amountRaw} currency={session.currency} />
          )}
          {session.referenceId && <span className="break-all">{session.referenceId}</span>}
        </span>
      }
      environment={session.environment}
      actions={<Actions loaded={loaded} />}
    >
      {refused && (
        <Notice tone="bad" urgent title="The session was not cancelled">
          {refused.message}
        </Notice>
      )}
      <SessionNotices {...loaded} />
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        <Panel title="Steps" id="steps">
          <SessionStepper chapters={chapters} />
        </Panel>
        <div className="flex min-w-0 flex-col gap-4">
          {session.sessionType === "SAVE" ? (
            <SavedCardPanel page={page} />
          ) : (
            <SessionResults environment={session.environment} tries={page.tries} />
          )}
          <SessionFactsPanel page={page} />
        </div>
      </div>
    </Page>
  );
}

function Actions({ loaded }: { loaded: ReturnType<typeof useLoaderData<typeof loader>> }) {
  const navigation = useNavigation();
  const { session, tries } = loaded.page;
  if (!loaded.isOpen || !loaded.mayStart) return null;
  const isSave = session.sessionType === "SAVE";
  const enter = isSave ? "Enter the card" : tries.length > 0 ? "Enter the CVN again" : "Enter the CVN";
  return (
    <>
      <Form method="post">
        <Button type="submit" disabled={navigation.state !== "idle"}>
          Cancel session
        </Button>
      </Form>
      {loaded.isMine && (
        // A whole document of its own: not a link inside the app.
        <a href={paths.cvnPage(session.paymentSessionId)} className={buttonClass({ tone: "primary" })}>
          {enter}
        </a>
      )}
    </>
  );
}
