import type { OpenedException } from "~/domain/reconciliation/open-exception.server.ts";
import { Button } from "../ui/button.tsx";
import { SelectField } from "../ui/field.tsx";
import { Panel } from "../ui/panel.tsx";
import { ExceptionPost, useIsSending, useRefused } from "./exception-form.tsx";

/** Who works on it. */
export function AssigneePanel({ opened }: { opened: OpenedException }) {
  const { assignee, resolvers, operatorId, can } = opened;
  const isSending = useIsSending();
  const refused = useRefused("assign");
  const current = assignee?.operatorId ?? "";
  const isMine = current === operatorId;
  if (!can.resolve) {
    return (
      <Panel title="Assignee" id="assignee">
        <p className="text-sm break-all">{assignee ? (assignee.email ?? "Somebody removed since") : "Nobody"}</p>
      </Panel>
    );
  }
  const others = resolvers.filter((one) => one.operatorId !== operatorId);
  const isKnown = current === "" || resolvers.some((one) => one.operatorId === current);
  return (
    <Panel title="Assignee" id="assignee">
      <ExceptionPost panel="assignee" hidden={{ intent: "assign" }} error={refused?.errors.form}>
        <div className="flex items-end gap-2">
          <div className="min-w-0 flex-1">
            <SelectField
              key={current}
              label="Assigned to"
              name="assignee"
              defaultValue={current}
              error={refused?.errors.assignee}
              options={[
                { value: "", label: "Nobody" },
                ...(resolvers.length > others.length ? [{ value: operatorId, label: "Me" }] : []),
                ...others.map((one) => ({ value: one.operatorId, label: one.email })),
                ...(isKnown ? [] : [{ value: current, label: assignee?.email ?? "Somebody removed since" }]),
              ]}
            />
          </div>
          <Button type="submit" disabled={isSending}>
            Assign
          </Button>
        </div>
      </ExceptionPost>
      {!isMine && resolvers.length > others.length && (
        <ExceptionPost panel="assignee" hidden={{ intent: "assign", assignee: operatorId }} className="mt-2">
          <Button type="submit" size="sm" tone="quiet" disabled={isSending}>
            Assign to me
          </Button>
        </ExceptionPost>
      )}
    </Panel>
  );
}
