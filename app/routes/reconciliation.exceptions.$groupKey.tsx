import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Link, useLoaderData, useLocation } from "@remix-run/react";
import { ChevronLeft, ChevronRight } from "lucide-react";
import { AssigneePanel } from "~/components/reconciliation/assignee-panel.tsx";
import { CommentsPanel } from "~/components/reconciliation/comments-panel.tsx";
import { CostsPanel } from "~/components/reconciliation/costs-panel.tsx";
import { DecidePanel } from "~/components/reconciliation/decide-panel.tsx";
import { ExceptionHeader } from "~/components/reconciliation/exception-header.tsx";
import { exceptionInList, exceptionList } from "~/components/reconciliation/exception-links.ts";
import { LinesPanel } from "~/components/reconciliation/lines-panel.tsx";
import { LinkPanel } from "~/components/reconciliation/link-panel.tsx";
import { MatchedPanel } from "~/components/reconciliation/matched-panel.tsx";
import { RunningPanel } from "~/components/reconciliation/running-panel.tsx";
import { TellingsPanel } from "~/components/reconciliation/tellings-panel.tsx";
import { UnreportedNotice } from "~/components/reconciliation/unreported-notice.tsx";
import { ButtonLink } from "~/components/ui/button.tsx";
import { Page } from "~/components/ui/page.tsx";
import { settleEnvironment } from "~/domain/lists/settle-filters.ts";
import { withoutCardData } from "~/domain/notes/card-data-in-note.ts";
import type { Operator } from "~/domain/operators/operator.ts";
import { requireOperator } from "~/domain/operators/require-operator.server.ts";
import { changeException, fieldOf, permissionOf } from "~/domain/reconciliation/change-exception.server.ts";
import { refusalText } from "~/domain/reconciliation/exception.ts";
import { ExceptionForm } from "~/domain/reconciliation/exception-forms.ts";
import { openException } from "~/domain/reconciliation/open-exception.server.ts";
import { type Environment, isEnvironment } from "~/lib/environment.ts";
import { type FieldErrors, parseForm, refuseForm } from "~/lib/form.ts";
import { redirectWithToast } from "~/lib/toast.server.ts";

export const meta: MetaFunction = ({ params }) => [{ title: `${params.groupKey} · Paydesk` }];

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const operator = await requireOperator({ request, context }, "reconciliation:read");
  const environment = environmentOf(request, operator, context.config.defaultEnvironment);
  const opened = await openException(context, {
    ...{ operator, environment, groupKey: params.groupKey ?? "" },
    ...{ url: request.url, now: Date.now() },
  });
  if (!opened) throw new Response("Not found", { status: 404 });
  return opened;
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const sent = await request.formData();
  const operator = await requireOperator({ request, context }, permissionOf(sent.get("intent")));
  const environment = environmentOf(request, operator, context.config.defaultEnvironment);
  if (!operator.can("reconciliation:read", environment)) throw new Response("Not found", { status: 404 });
  const form = parseForm(ExceptionForm, sent);
  if (!form.ok) return data(refusedAs(sent, form.errors), { status: 400 });

  const groupKey = params.groupKey ?? "";
  const changed = await changeException(context.db, {
    ...{ environment, groupKey, operator },
    change: form.value,
    now: new Date(),
  });
  if (!changed.ok && changed.refusal === "absent") throw new Response("Not found", { status: 404 });
  if (!changed.ok) {
    return data(refusedAs(sent, { [fieldOf(changed.refusal)]: refusalText(changed) }), { status: 409 });
  }
  const page = exceptionInList(changed.value.groupKey, new URL(request.url).search, environment);
  return redirectWithToast(page, { tone: "good", text: changed.value.text }, context);
}

/** Says which form it was, and sends back what was typed without any card data in it. */
function refusedAs(sent: FormData, errors: FieldErrors) {
  const refused = refuseForm(sent, errors);
  const values = Object.fromEntries(
    Object.entries(refused.values).map(([name, value]) => [
      name,
      name === "reason" || name === "text" || name === "to" ? withoutCardData(value) : value,
    ]),
  );
  const { intent = "", transactionId } = values;
  return { errors, values, of: transactionId === undefined ? intent : `${intent} ${transactionId}` };
}

function environmentOf(request: Request, operator: Operator, defaultEnvironment: Environment): Environment {
  const asked = new URL(request.url).searchParams.get("environment");
  const environment = settleEnvironment(isEnvironment(asked) ? asked : null, operator.scope, defaultEnvironment);
  if (environment === null) throw new Response("Not found", { status: 404 });
  return environment;
}

/** The answer first; then both sides on the left, and on the right what people do about it. */
export default function ExceptionPage() {
  const opened = useLoaderData<typeof loader>();
  const { group, neighbours } = opened;
  const { environment, groupKey } = group;
  const { search } = useLocation();
  return (
    <Page
      title={groupKey}
      back={<Link to={exceptionList(search, environment)}>Exceptions</Link>}
      environment={environment}
      actions={<Neighbours {...neighbours} to={(key) => exceptionInList(key, search, environment)} />}
    >
      {/* Another exception is another page: what was typed about this one stays with it. */}
      <div key={`${environment} ${groupKey}`}>
        {opened.isReported === false && (
          <UnreportedNotice day={group.day} environment={environment} canImport={opened.can.import} />
        )}
        <ExceptionHeader opened={opened} />
        {/* On a phone what people do comes before the reports word for word. */}
        <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)] lg:grid-rows-[auto_1fr]">
          <div className="flex min-w-0 flex-col gap-4">
            <RunningPanel opened={opened} />
            <LinesPanel opened={opened} />
            <CostsPanel opened={opened} />
            <MatchedPanel opened={opened} />
          </div>
          <div className="flex min-w-0 flex-col gap-4 lg:row-span-2">
            <DecidePanel opened={opened} />
            <AssigneePanel opened={opened} />
            <CommentsPanel opened={opened} />
            <LinkPanel opened={opened} />
          </div>
          <TellingsPanel opened={opened} />
        </div>
      </div>
    </Page>
  );
}

interface NeighboursProps {
  readonly previous: string | null;
  readonly next: string | null;
  readonly to: (groupKey: string) => string;
}

/** The exceptions around this one, in the list it was opened from. */
function Neighbours({ previous, next, to }: NeighboursProps) {
  return (
    <>
      {previous !== null && (
        <ButtonLink to={to(previous)} rel="prev" aria-label="Previous exception in the list">
          <ChevronLeft size={15} aria-hidden /> Previous
        </ButtonLink>
      )}
      {next !== null && (
        <ButtonLink to={to(next)} rel="next" aria-label="Next exception in the list">
          Next <ChevronRight size={15} aria-hidden />
        </ButtonLink>
      )}
    </>
  );
}
