import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { DataTable } from "~/components/table/data-table.tsx";
import { CreateTokenPanel, NewToken } from "~/components/tokens/create-token-panel.tsx";
import { othersTokenColumns, ownTokenColumns, TokenCard, withState } from "~/components/tokens/token-columns.tsx";
import { Empty } from "~/components/ui/empty.tsx";
import { Notice } from "~/components/ui/notice.tsx";
import { Page } from "~/components/ui/page.tsx";
import { useFocusError } from "~/components/ui/use-focus-error.ts";
import { requireOperator } from "~/domain/operators/require-operator.server.ts";
import { CreateTokenForm, RevokeTokenForm, tokenRefusals } from "~/domain/tokens/access-token.ts";
import { createToken } from "~/domain/tokens/create-token.server.ts";
import { revokeToken } from "~/domain/tokens/revoke-token.server.ts";
import { listOthersTokens, listOwnTokens } from "~/domain/tokens/token-queries.server.ts";
import { parseForm, refuseForm } from "~/lib/form.ts";
import { newId } from "~/lib/ids.ts";
import { paths } from "~/lib/paths.ts";
import { DAY } from "~/lib/time.ts";
import { redirectWithToast } from "~/lib/toast.server.ts";

export const meta: MetaFunction = () => [{ title: "Access tokens · Paydesk" }];

/** A new token is in the answer to its form and must be in no cache. */
export function headers() {
  return { "Cache-Control": "no-store" };
}

/** Those over for longer are only in the audit. */
const SHOWN_AFTER_END_MS = 30 * DAY;

export async function loader({ request, context: { db, config } }: LoaderFunctionArgs) {
  const operator = await requireOperator({ request, context: { db, config } }, "tokens:own");
  const now = Date.now();
  const asked = { operatorId: operator.operatorId, since: now - SHOWN_AFTER_END_MS };
  const [own, others] = await Promise.all([
    listOwnTokens(db, asked),
    operator.can("operators:write") ? listOthersTokens(db, asked) : [],
  ]);
  return {
    own: own.map((row) => withState(row, now)),
    others: others.map((row) => withState(row, now)),
    newTokenId: newId("accessToken"),
    canListen: operator.can("replays:bulk"),
    server: config.publicUrl,
  };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const operator = await requireOperator({ request, context }, "tokens:own");
  const form = await request.formData();
  const now = new Date();
  if (form.get("intent") === "revoke") {
    const parsed = parseForm(RevokeTokenForm, form);
    if (!parsed.ok) return data({ ...parsed, token: null }, { status: 400 });
    const revoked = await revokeToken(context.db, { ...parsed.value, operator, now });
    if (!revoked.ok) return data({ ...refuseForm(form, { form: tokenRefusals[revoked.refusal] }), token: null }, 409);
    return redirectWithToast(paths.settingsTokens(), { tone: "good", text: "The token works no longer" }, context);
  }
  const parsed = parseForm(CreateTokenForm, form);
  if (!parsed.ok) return data({ ...parsed, token: null }, { status: 400 });
  const created = await createToken(context.db, { ...parsed.value, operator, now });
  if (!created.ok) return data({ ...refuseForm(form, { form: tokenRefusals[created.refusal] }), token: null }, 409);
  const { token } = created.value;
  return data({ ok: true as const, errors: {}, values: {}, token }, { headers: { "Cache-Control": "no-store" } });
}

export default function TokensPage() {
  const { own, others, newTokenId, canListen, server } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const errors: Record<string, string> = answer?.errors ?? {};
  const values: Record<string, string> = answer?.values ?? {};
  useFocusError(answer?.ok === false ? answer : null);
  return (
    <Page
      title="Access tokens"
      subtitle="A token lets a program read webhooks as you, within your environments and businesses, and report what became of them. It opens no page."
    >
      {errors.form && <Notice tone="bad" urgent title={errors.form} />}
      {answer?.token && <NewToken token={answer.token} server={server} />}
      {!canListen && (
        <Notice tone="look" title="With your role a token opens nothing yet">
          Tokens are for <code className="font-mono text-[12.5px]">npm run listen</code>, which takes webhooks out of
          this desk as a replay does. Your role may not take them out in bulk.
        </Notice>
      )}
      <DataTable
        label="Your tokens"
        columns={ownTokenColumns}
        rows={own}
        getRowId={(token) => token.tokenId}
        rowCopy={null}
        card={(token) => <TokenCard token={token} />}
        empty={
          <Empty kind="nothing-yet" title="No tokens">
            Create one to bring webhooks to your own machine.
          </Empty>
        }
      />
      <div className="mt-4">
        {/* A new token makes a new form, so that the next one does not start with this one's name. */}
        <CreateTokenPanel key={answer?.token ?? "create"} newTokenId={newTokenId} errors={errors} values={values} />
      </div>
      {others.length > 0 && (
        <section aria-labelledby="others-title" className="mt-6">
          <h2 id="others-title" className="mb-2 font-semibold">
            Of other operators
          </h2>
          <DataTable
            label="Tokens of other operators"
            columns={othersTokenColumns}
            rows={others}
            getRowId={(token) => token.tokenId}
            rowCopy={null}
            card={(token) => <TokenCard token={token} withOperator />}
            empty={null}
          />
        </section>
      )}
    </Page>
  );
}
