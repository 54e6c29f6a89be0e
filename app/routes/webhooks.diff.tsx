import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Link, useActionData, useLoaderData } from "@remix-run/react";
import { Copy } from "~/components/ui/copy.tsx";
import { Empty } from "~/components/ui/empty.tsx";
import { Notice } from "~/components/ui/notice.tsx";
import { Page } from "~/components/ui/page.tsx";
import { DiffLines } from "~/components/webhooks/diff-lines.tsx";
import { DiffSides, type SideView } from "~/components/webhooks/diff-sides.tsx";
import { DiffTally } from "~/components/webhooks/diff-tally.tsx";
import { requireOperator } from "~/domain/operators/require-operator.server.ts";
import { askSide } from "~/domain/webhooks/ask-side.server.ts";
import { diffText, onlyDifferences } from "~/domain/webhooks/body-diff.ts";
import { compareSides, diffRefusals } from "~/domain/webhooks/compare-sides.ts";
import { diffPath } from "~/domain/webhooks/diff-path.ts";
import { type DiffSide, parseSide, sideName } from "~/domain/webhooks/diff-side.ts";
import { type FoundSide, findSide } from "~/domain/webhooks/find-side.server.ts";
import { paths } from "~/lib/paths.ts";

export const meta: MetaFunction = () => [{ title: "Compare two bodies · Paydesk" }];

/** More than anybody reads; the page says how many there are. */
const MOST_LINES = 5_000;

/** Reads what is stored. Xendit is asked only when somebody presses the button. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const operator = await requireOperator({ request, context }, "payments:read");
  const { searchParams } = new URL(request.url);
  const [left, right] = await Promise.all(
    [searchParams.get("left"), searchParams.get("right")].map(async (text) => {
      const side = parseSide(text);
      return side && findSide(context.db, operator.scope, side);
    }),
  );
  if (!left || !right) throw new Response("Not found", { status: 404 });
  const wantsAll = searchParams.get("all") === "1";
  const compared = compareSides(left, right);
  const environment = left.environment ?? right.environment;
  const sides = { left: viewOf(left), right: viewOf(right), environment, wantsAll };
  const canAsk = environment !== null && operator.can("xendit:check", environment);
  if (!compared.ok) return { ...sides, canAsk, refusal: compared.refusal, diff: null };
  const lines = wantsAll ? compared.diff.lines : onlyDifferences(compared.diff.lines);
  const diff = { counts: compared.diff.counts, lines: lines.slice(0, MOST_LINES), total: lines.length };
  return { ...sides, canAsk, refusal: null, diff };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const form = await request.formData();
  const { searchParams } = new URL(request.url);
  const [left, right] = [parseSide(searchParams.get("left")), parseSide(searchParams.get("right"))];
  const asked = [left, right].find((side) => side?.kind === "present" && sideName(side) === form.get("ask"));
  if (!left || !right || asked?.kind !== "present") throw new Response("Not found", { status: 404 });
  const other = asked === left ? right : left;
  const reader = await requireOperator({ request, context }, "payments:read");
  const environment = (await findSide(context.db, reader.scope, other))?.environment;
  if (!environment) throw new Response("Not found", { status: 404 });
  const by = await requireOperator({ request, context }, "xendit:check", environment);
  const { db, config } = context;
  const result = await askSide(db, { id: asked.id, environment }, { config, by, now: new Date() });
  if (!result.ok) return data({ error: result.text }, { status: 409 });
  const answered = (side: DiffSide) => (side === asked ? result.side : side);
  return redirect(diffPath(sideName(answered(left)), sideName(answered(right))));
}

function viewOf({ side, title, at, eventId, content }: FoundSide): SideView {
  return { name: sideName(side), title, at, eventId, isUnasked: content.kind === "unasked" };
}

export default function DiffPage() {
  const { left, right, environment, wantsAll, canAsk, refusal, diff } = useLoaderData<typeof loader>();
  const failed = useActionData<typeof action>();
  const eventId = right.eventId ?? left.eventId;
  return (
    <Page
      title="Compare two bodies"
      environment={environment ?? undefined}
      back={<Link to={eventId ? paths.webhook(eventId) : paths.webhooks()}>{eventId ? "Webhook" : "Webhooks"}</Link>}
    >
      {failed && (
        <Notice tone="bad" title="Xendit could not be asked" urgent>
          {failed.error}
        </Notice>
      )}
      <DiffSides left={left} right={right} canAsk={canAsk} />
      {refusal !== null && refusal !== "unasked" && <Notice tone="look" title={diffRefusals[refusal]} />}
      {diff && (
        <>
          <DiffTally
            counts={diff.counts}
            wantsAll={wantsAll}
            differencesPath={diffPath(left.name, right.name)}
            allPath={diffPath(left.name, right.name, { all: true })}
            swapPath={diffPath(right.name, left.name, { all: wantsAll })}
            copy={
              <Copy text={diffText(diff.lines, [left.title, right.title])} what="the comparison" label="Copy as text" />
            }
          />
          {diff.lines.length > 0 ? (
            <DiffLines lines={diff.lines} names={[left.title, right.title]} />
          ) : (
            <Empty kind="no-match" title="No difference">
              Every value of the one is the same in the other. The order of keys and the spelling of a number do not
              count.
            </Empty>
          )}
          {diff.total > diff.lines.length && (
            <p className="mt-2 text-sm text-muted">
              The first {diff.lines.length.toLocaleString("en")} of {diff.total.toLocaleString("en")} lines.
            </p>
          )}
        </>
      )}
    </Page>
  );
}
