import { Form, Link, useNavigation } from "@remix-run/react";
import { CircleAlert, CircleCheck, CircleDashed } from "lucide-react";
import {
  NAMED_IN_PREVIEW,
  type PreviewedGroup,
  type PreviewedList,
  type RulePreview,
} from "~/domain/reconciliation/rule-preview.ts";
import { type Environment, environmentLabel } from "~/lib/environment.ts";
import type { FieldValues } from "~/lib/form.ts";
import { paths, withParams } from "~/lib/paths.ts";
import { classText } from "~/xendit/reconcile/class-words.ts";
import type { ReconciliationClass } from "~/xendit/reconcile/classes.ts";
import { Button, ButtonLink } from "../ui/button.tsx";
import { CutId } from "../ui/id.tsx";
import { Panel } from "../ui/panel.tsx";
import { counted } from "./amount-text.ts";
import { SignedMoney } from "./signed-money.tsx";

interface RulePreviewPanelProps {
  readonly preview: RulePreview;
  readonly environment: Environment;
  /** As previewed: these are sent again to be confirmed. */
  readonly values: FieldValues;
}

/** What the typed rules would come to, before any of them holds. */
export function RulePreviewPanel({ preview, environment, values }: RulePreviewPanelProps) {
  const isBusy = useNavigation().formData?.get("intent") === "confirm";
  const { newlyMatched, noLongerMatched, stillUnmatched, otherwise } = preview;
  const lists = [
    { title: "Newly matched", icon: CircleCheck, tone: "text-good", list: newlyMatched },
    { title: "No longer matched", icon: CircleAlert, tone: "text-bad", list: noLongerMatched },
    { title: "Still unmatched", icon: CircleDashed, tone: "text-muted", list: stillUnmatched },
    { title: "Other changes", icon: CircleDashed, tone: "text-muted", list: otherwise },
  ].filter(({ title, list }) => title !== "Other changes" || list.count > 0);
  return (
    <div className="mb-4 scroll-mt-16 rounded-md border-2 border-accent" id="preview">
      <Panel title="What these rules would change" className="border-0">
        <p className="text-sm">
          Tried on {counted(preview.groups, "group")} in {environmentLabel[environment].toLowerCase()}. Nothing has been
          changed yet.
        </p>
        <dl className="my-3 grid grid-cols-2 gap-3 sm:grid-cols-4">
          {lists.map(({ title, icon: Icon, tone, list }) => (
            <div key={title}>
              <dt className="inline-flex items-center gap-1 text-sm text-muted">
                <Icon size={13} aria-hidden className={tone} /> {title}
              </dt>
              <dd className="figures text-lg font-semibold">{list.count.toLocaleString("en")}</dd>
            </div>
          ))}
        </dl>
        {lists
          .filter(({ list }) => list.count > 0)
          .map(({ title, list }) => (
            <Named
              key={title}
              title={title}
              list={list}
              environment={environment}
              isOpen={title !== "Still unmatched"}
            />
          ))}
        <p className="mt-3 text-sm text-muted">
          Closed days keep their figures; what changes on them goes on record with the next close. A resolution stands
          only where its facts and class stay as they were.
        </p>
        <Form method="post" className="mt-3 flex flex-wrap gap-2">
          {Object.entries(values)
            .filter(([name]) => name !== "intent")
            .map(([name, value]) => (
              <input key={name} type="hidden" name={name} value={value} />
            ))}
          <input type="hidden" name="intent" value="confirm" />
          <Button type="submit" tone="primary" disabled={isBusy}>
            {isBusy ? "Saving…" : `Use these rules in ${environmentLabel[environment].toLowerCase()}`}
          </Button>
          <ButtonLink to={withParams(paths.reconciliationRules(), { environment })} reloadDocument>
            Leave them as they are
          </ButtonLink>
        </Form>
      </Panel>
    </div>
  );
}

interface NamedProps {
  readonly title: string;
  readonly list: PreviewedList;
  readonly environment: Environment;
  readonly isOpen: boolean;
}

function Named({ title, list, environment, isOpen }: NamedProps) {
  const rest = list.count - list.named.length;
  return (
    <details open={isOpen} className="mt-2">
      <summary className="link w-fit text-sm font-medium">
        {title}: {list.count.toLocaleString("en")}
      </summary>
      <div className="mt-1 max-h-[320px] overflow-auto rounded-md border border-line">
        <table className="plain-table" aria-label={title}>
          <thead>
            <tr>
              <th scope="col">Payment</th>
              <th scope="col">Now</th>
              <th scope="col">By these rules</th>
              <th scope="col" data-align="right">
                Difference
              </th>
            </tr>
          </thead>
          <tbody>
            {list.named.map((one) => (
              <Row key={one.groupKey} of={one} environment={environment} />
            ))}
          </tbody>
        </table>
      </div>
      {rest > 0 && (
        <p className="mt-1 text-sm text-look">
          The first {NAMED_IN_PREVIEW} by name; {counted(rest, "more is", "more are")} in the count.
        </p>
      )}
    </details>
  );
}

function Row({ of, environment }: { of: PreviewedGroup; environment: Environment }) {
  return (
    <tr>
      <td>
        <Link to={withParams(paths.exception(of.groupKey), { environment })} className="link">
          <span className="font-mono text-[12.5px]">
            <CutId value={of.groupKey} />
          </span>
          {of.reference !== null && <span className="block text-xs text-muted">{of.reference}</span>}
        </Link>
      </td>
      <td>{className(of.before)}</td>
      <td>{of.after === of.before ? <span className="text-muted">as now</span> : className(of.after)}</td>
      <td data-align="right">
        <SignedMoney minor={of.difference} currency={of.currency} />
      </td>
    </tr>
  );
}

function className(one: ReconciliationClass | null): string {
  return one === null ? "not matched yet" : classText[one].label;
}
