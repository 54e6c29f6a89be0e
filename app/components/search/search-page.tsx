import { Form, Link } from "@remix-run/react";
import type { DescribedTarget, SearchAnswer, SearchGroup, UnknownId } from "~/domain/search/search-answer.ts";
import { type Environment, environmentLabel } from "~/lib/environment.ts";
import { paths, withParams } from "~/lib/paths.ts";
import { Button, ButtonLink } from "../ui/button.tsx";
import { Empty } from "../ui/empty.tsx";
import { Notice } from "../ui/notice.tsx";
import { Page } from "../ui/page.tsx";
import { Panel } from "../ui/panel.tsx";
import { AskXendit } from "./ask-xendit.tsx";
import { HitLine } from "./hit-line.tsx";
import { remembering } from "./remember.ts";

interface SearchPageProps {
  readonly answer: SearchAnswer;
  readonly environment: Environment;
  readonly recent: readonly DescribedTarget[];
}

/** All that a text may mean, when it means more than one thing. Works without JavaScript. */
export function SearchPage({ answer, environment, recent }: SearchPageProps) {
  const { text, groups, unknown, elsewhere } = answer;
  if (text === "") return <NothingAsked recent={recent} />;
  return (
    <Page title="Search" subtitle={<Asked text={text} count={countOf(groups)} />} narrow>
      {elsewhere && (
        <Notice
          tone="look"
          title={`Nothing in ${environmentLabel[environment]}. These are in ${environmentLabel[elsewhere]}.`}
        />
      )}
      <div className="flex flex-col gap-4">
        {groups.map((group) => (
          <GroupPanel key={group.id} group={group} />
        ))}
      </div>
      {unknown && <Unknown unknown={unknown} environment={environment} />}
      {groups.length === 0 && !unknown && <NothingFound answer={answer} environment={environment} />}
    </Page>
  );
}

function Asked({ text, count }: { text: string; count: number }) {
  return (
    <span className="break-words">
      {count === 0 ? "Nothing found" : count === 1 ? "1 result" : `${count} results`} for{" "}
      <span className="font-medium text-ink">{text}</span>
    </span>
  );
}

/** A group without a row of its own leads on: that is something found. */
function countOf(groups: readonly SearchGroup[]): number {
  return groups.reduce((sum, { hits, more }) => sum + (hits.length || (more ? 1 : 0)), 0);
}

function GroupPanel({ group }: { group: SearchGroup }) {
  const more = group.more && (
    <Link to={group.more.href} className="link text-sm">
      {group.more.text}
    </Link>
  );
  const title = <span className="break-all">{group.title}</span>;
  if (group.hits.length === 0) return <Panel title={title}>{more}</Panel>;
  return (
    <Panel title={title} actions={more}>
      <ul className="-mx-4 -my-3 divide-y divide-line">
        {group.hits.map((hit) => (
          <li key={hit.environment + hit.id}>
            <Link to={hit.href} className="block px-4 py-2 hover:bg-hover" {...remembering(hit)}>
              <HitLine target={hit} reason={hit.reason} />
            </Link>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** An id of Xendit's that is not held: perhaps its webhook never arrived. */
function Unknown({ unknown, environment }: { unknown: UnknownId; environment: Environment }) {
  const { value, noun, environments } = unknown;
  return (
    <Empty
      kind="no-match"
      title={`No ${noun} has this id`}
      action={
        environments.length > 0 ? (
          <AskXendit unknown={unknown} />
        ) : (
          <ButtonLink to={withParams(paths.webhooks(), { environment, q: value })}>Look among webhooks</ButtonLink>
        )
      }
    >
      <p>
        <code className="break-all">{value}</code>
      </p>
      <p>
        {environments.length > 0
          ? "Paydesk holds nothing under it in the environments you may see. Xendit may know it although no webhook has arrived: its answer is kept here."
          : "Paydesk holds nothing under it in the environments you may see. Check that the id is whole; it may also lie outside what you may see."}
      </p>
    </Empty>
  );
}

function NothingFound({ answer, environment }: { answer: SearchAnswer; environment: Environment }) {
  const { text, readAs } = answer;
  return (
    <Empty
      kind="no-match"
      title="Nothing found"
      action={
        <ButtonLink to={withParams(paths.payments(), { environment })}>
          All payments in {environmentLabel[environment]}
        </ButtonLink>
      }
    >
      {readAs.length > 0 && <p>It was looked for as {readAs.join(", ")}, and as an id or reference.</p>}
      <p>
        {text.includes("@")
          ? "An e-mail address is found only when all of it is given."
          : "Ids, references and numbers are found by how they begin, amounts by all their digits, cards by their last four."}
      </p>
    </Empty>
  );
}

const examples = [
  "any id, or a link with one inside",
  "RRN",
  "reference",
  "amount",
  "yesterday",
  "18 Dec",
  "card ending",
];

function NothingAsked({ recent }: { recent: readonly DescribedTarget[] }) {
  return (
    <Page title="Search" subtitle={`Paste or type ${examples.join(", ")}.`} narrow>
      {recent.length === 0 ? (
        <Empty kind="nothing-yet" title="No look-ups yet">
          <p>What you look up stands here, for you alone.</p>
        </Empty>
      ) : (
        <Panel title="Recent look-ups" actions={<Forget />}>
          <ul className="-mx-4 -my-3 divide-y divide-line">
            {recent.map((target) => (
              <li key={target.environment + target.id}>
                <Link to={target.href} className="block px-4 py-2 hover:bg-hover" {...remembering(target)}>
                  <HitLine target={target} reason={null} />
                </Link>
              </li>
            ))}
          </ul>
        </Panel>
      )}
    </Page>
  );
}

function Forget() {
  return (
    <Form method="post" action={paths.lookups()}>
      <input type="hidden" name="intent" value="forget" />
      <Button type="submit" tone="quiet" size="sm">
        Forget
      </Button>
    </Form>
  );
}
