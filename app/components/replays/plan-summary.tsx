import type { LeftOutReason } from "~/domain/replays/replay.ts";
import type { ReplayPlan, Selection } from "~/domain/replays/replay-plan.ts";
import { environmentLabel } from "~/lib/environment.ts";
import { formatDuration, SECOND } from "~/lib/time.ts";
import { type Fact, Facts, Panel } from "../ui/panel.tsx";
import { Time } from "../ui/time.tsx";
import { eventsText, figure } from "./counted.ts";
import { SelectionWords } from "./selection-words.tsx";

/** The plan in one sentence and its figures: how many, of which, from when to when, how fast. */
export function PlanSummary({ plan, selection }: { plan: ReplayPlan; selection: Selection }) {
  return (
    <Panel title="Plan" id="plan">
      <p className="mb-3 text-base">
        <PlanSentence plan={plan} />
      </p>
      <Facts items={factsOf(plan, selection)} />
    </Panel>
  );
}

function PlanSentence({ plan: { toSend, selected, destination } }: { plan: ReplayPlan }) {
  if (selected === 0) return <>No webhook matches.</>;
  const where = destination ? `sent to ${destination.name}` : "processed again here";
  if (toSend === 0)
    return (
      <>
        Nothing would be {where}: all of {eventsText(selected)} stay here.
      </>
    );
  if (toSend === selected) {
    return (
      <>
        <strong className="figures">{eventsText(toSend)}</strong> {toSend === 1 ? "is" : "are"} {where}.
      </>
    );
  }
  return (
    <>
      <strong className="figures">{figure(toSend)}</strong> of {eventsText(selected)} {toSend === 1 ? "is" : "are"}{" "}
      {where}.
    </>
  );
}

function factsOf(plan: ReplayPlan, selection: Selection): readonly Fact[] {
  const { destination, environment, oldestAt, newestAt, selected } = plan;
  return [
    { label: "Which", value: <SelectionWords selection={selection} selected={selected} /> },
    { label: "Environment", value: environmentLabel[environment] },
    ...(destination ? [{ label: "To", value: <span className="font-mono break-all">{destination.url}</span> }] : []),
    { label: "Oldest", value: <Time at={oldestAt} relative={false} seconds /> },
    { label: "Newest", value: <Time at={newestAt} relative={false} seconds /> },
    ...(destination ? [{ label: "Rate", value: rateText(plan) }] : []),
    { label: "Takes about", value: durationText(plan) },
  ];
}

function rateText({ ratePerSecond }: ReplayPlan): string {
  return ratePerSecond === null ? "as fast as it answers" : `at most ${figure(ratePerSecond)} a second`;
}

function durationText({ expectedSeconds, destination }: ReplayPlan): string | null {
  if (expectedSeconds === null) return null;
  return `${formatDuration(Math.max(1, expectedSeconds) * SECOND)}${destination ? ", retries aside" : ""}`;
}

/** Short beside a figure; the sentence for it is `leftOutText`. */
const reasonWords: Record<LeftOutReason, string> = {
  not_for_live: "live, and its maker may not write live destinations",
  environment_not_taken: "of an environment it does not take",
  other_business: "of a business whoever added it may not see",
  type_not_taken: "of a type it does not take",
  masked: "card data was masked: not the original bytes",
  expunged: "body expunged",
  came_from_a_replay: "came here from a replay",
  already_delivered: "delivered there before",
  stopped: "replay cancelled",
  gone: "destination answered 410 Gone",
};

/** Figures beside the plan: events by type, and what stays here by why. */
export function PlanFigures({ plan }: { plan: ReplayPlan }) {
  const leftOut = Object.entries(plan.leftOut) as [LeftOutReason, number][];
  return (
    <>
      {leftOut.length > 0 && (
        <Panel title={`Left out: ${figure(plan.selected - plan.toSend)}`} id="left-out" flush>
          <Figures head="Why" rows={leftOut.map(([reason, count]) => [reasonWords[reason], count])} />
        </Panel>
      )}
      <Panel title="By type" id="types" flush>
        <Figures head="Event" rows={plan.perType.map(({ eventType, count }) => [eventType, count])} />
      </Panel>
    </>
  );
}

function Figures({ head, rows }: { head: string; rows: readonly (readonly [string, number])[] }) {
  return (
    <table className="plain-table">
      <thead>
        <tr>
          <th scope="col">{head}</th>
          <th scope="col" data-align="right">
            Events
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(([label, count]) => (
          <tr key={label}>
            <td className="break-words">{label}</td>
            <td data-align="right" className="figures">
              {figure(count)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
