import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Link, useActionData, useLoaderData } from "@remix-run/react";
import { useEffect } from "react";
import { JournalAccountsPanel } from "~/components/reconciliation/journal-accounts-panel.tsx";
import { RulePreviewPanel } from "~/components/reconciliation/rule-preview.tsx";
import { RulesForm } from "~/components/reconciliation/rules-form.tsx";
import { ZonePanel } from "~/components/reconciliation/zone-panel.tsx";
import { Notice } from "~/components/ui/notice.tsx";
import { Page } from "~/components/ui/page.tsx";
import { Time } from "~/components/ui/time.tsx";
import { useFocusError } from "~/components/ui/use-focus-error.ts";
import { requireOperator } from "~/domain/operators/require-operator.server.ts";
import { isZoneFixed, readAccountingZone, seesAll } from "~/domain/reconciliation/accounting-zone.server.ts";
import { answerRules, ruleIntent } from "~/domain/reconciliation/answer-rules.server.ts";
import { askedEnvironment } from "~/domain/reconciliation/asked-environment.ts";
import { findRules } from "~/domain/reconciliation/change-rules.server.ts";
import { readJournalAccounts } from "~/domain/reconciliation/journal-accounts.server.ts";
import { valuesOf } from "~/domain/reconciliation/rules-form.ts";
import { environmentLabel } from "~/lib/environment.ts";
import { paths, withParams } from "~/lib/paths.ts";
import { redirectWithToast } from "~/lib/toast.server.ts";

export const meta: MetaFunction = () => [{ title: "Reconciliation rules · Paydesk" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const operator = await requireOperator({ request, context }, "reconciliation:read");
  const environment = askedEnvironment(request, operator, context.config);
  const { db } = context;
  const [standing, zone, isFixed, accounts] = await Promise.all([
    findRules(db, environment),
    readAccountingZone(db),
    isZoneFixed(db),
    readJournalAccounts(db),
  ]);
  const mayChange = operator.can("reconciliation:rules", environment) && operator.scope.businessIds === null;
  return {
    environment,
    standing,
    zone,
    isFixed,
    accounts,
    can: { change: mayChange, zone: operator.can("settings:write") && seesAll(operator.scope) },
  };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const form = await request.formData();
  const intent = ruleIntent(form.get("intent"));
  const permission = intent === "zone" ? "settings:write" : "reconciliation:rules";
  const operator = await requireOperator({ request, context }, permission);
  const environment = askedEnvironment(request, operator, context.config);
  if (intent === null) throw new Response("This form was not understood.", { status: 400 });
  const answer = await answerRules(context, { intent, form, environment, operator, now: new Date() });
  if (answer.done === null) return data(answer, { status: answer.preview ? 200 : 400 });
  const back = withParams(paths.reconciliationRules(), { environment });
  return redirectWithToast(back, { tone: "good", text: answer.done }, context);
}

export default function ReconciliationRulesPage() {
  const { environment, standing, zone, isFixed, accounts, can } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  useFocusError(answer?.preview ? null : answer);
  useShowPreview(answer?.preview);
  const isRuleForm = answer?.intent === "preview" || answer?.intent === "confirm";
  const of = (intent: string) => (answer?.intent === intent ? answer : null);
  return (
    <Page
      title="Rules"
      back={<Link to={withParams(paths.reconciliation(), { environment })}>Reconciliation</Link>}
      subtitle={`What is expected of Xendit in ${environmentLabel[environment].toLowerCase()}, and how far a difference may go.`}
      environment={environment}
      narrow
    >
      {answer?.errors.form && <Notice tone="bad" title={answer.errors.form} urgent />}
      {isRuleForm && !answer.preview && !answer.errors.form && (
        <Notice tone="bad" title="Something does not fit. What is wrong stands beside its field." urgent />
      )}
      {answer?.preview && (
        <RulePreviewPanel preview={answer.preview} environment={environment} values={answer.values} />
      )}
      <p className="mb-3 text-sm text-muted">
        {standing.changedAt === null ? (
          "The rules Paydesk comes with: nobody has changed them here. Terms and VAT are Xendit's published ones; card fees are published nowhere."
        ) : (
          <>
            Last changed by {standing.changedBy}, <Time at={standing.changedAt} />.
          </>
        )}
      </p>
      <RulesForm
        // Rules that were saved meanwhile are shown as saved.
        key={`${environment} ${standing.changedAt}`}
        rules={standing.rules}
        values={isRuleForm ? answer.values : valuesOf(standing.rules)}
        errors={isRuleForm ? answer.errors : {}}
        seen={standing.changedAt}
        isReadOnly={!can.change}
      />
      <div className="mt-4 flex flex-col gap-4">
        <ZonePanel
          zone={zone}
          isFixed={isFixed}
          canChange={can.zone}
          errors={of("zone")?.errors ?? {}}
          values={of("zone")?.values ?? {}}
        />
        <JournalAccountsPanel
          codes={accounts}
          canChange={can.change}
          errors={of("journal-accounts")?.errors ?? {}}
          values={of("journal-accounts")?.values ?? null}
        />
      </div>
    </Page>
  );
}

function useShowPreview(preview: unknown): void {
  useEffect(() => {
    if (preview) document.getElementById("preview")?.scrollIntoView({ block: "start" });
  }, [preview]);
}
