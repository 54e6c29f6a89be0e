import { Form, Link, useSubmit } from "@remix-run/react";
import type { Selection } from "~/domain/replays/replay-plan.ts";
import { HERE } from "~/domain/replays/replay-request.ts";
import { paths } from "~/lib/paths.ts";
import { Button } from "../ui/button.tsx";
import { CheckboxField, SelectField, type SelectOption } from "../ui/field.tsx";
import { Panel } from "../ui/panel.tsx";
import { HiddenSelection } from "./hidden-selection.tsx";

export interface PlanTargetProps {
  readonly selection: Selection;
  readonly targets: readonly SelectOption[];
  readonly target: string;
  readonly includesDelivered: boolean;
  /** Of the chosen destination; `null` when processed again here, or when there is no plan. */
  readonly destinationName: string | null;
  /** Events of the selection that it took before; `null` while they are included. */
  readonly alreadyDelivered: number | null;
}

/** Where to, and whether again. Another answer is another plan, read anew: a link that can be shared. */
export function PlanTarget({ selection, targets, target, includesDelivered, ...known }: PlanTargetProps) {
  const submit = useSubmit();
  const { destinationName: name, alreadyDelivered } = known;
  return (
    <Panel title="Where to" id="target">
      <Form
        method="get"
        className="flex flex-col gap-3"
        onChange={(event) => submit(event.currentTarget, { replace: true, preventScrollReset: true })}
      >
        <HiddenSelection selection={selection} />
        <div className="max-w-[420px]">
          <SelectField
            key={target}
            label="Destination"
            name="destination"
            defaultValue={target}
            options={targets}
            hint={targets.every(({ value }) => value === HERE) && <NoDestination />}
          />
        </div>
        {target !== HERE && (
          <CheckboxField
            key={`${target} ${includesDelivered}`}
            label={againText(name ?? "it", alreadyDelivered)}
            name="again"
            value="yes"
            defaultChecked={includesDelivered}
          />
        )}
        <noscript>
          <Button type="submit">Plan again</Button>
        </noscript>
      </Form>
    </Panel>
  );
}

function againText(name: string, alreadyDelivered: number | null): string {
  if (alreadyDelivered === null) return `Send again what ${name} already took`;
  return `Send again the ${alreadyDelivered.toLocaleString("en")} that ${name} already took`;
}

function NoDestination() {
  return (
    <>
      To send webhooks somewhere,{" "}
      <Link to={paths.destinations()} className="link">
        add a destination
      </Link>
      .
    </>
  );
}
