import { Form, useLocation, useNavigation } from "@remix-run/react";
import { UserRound } from "lucide-react";
import { chosenValue } from "~/domain/reconciliation/exception.ts";
import type { ExceptionRow } from "~/domain/reconciliation/exception-list.server.ts";
import type { Environment } from "~/lib/environment.ts";
import type { FieldErrors } from "~/lib/form.ts";
import { Button } from "../ui/button.tsx";
import { AcceptDialog } from "./accept-dialog.tsx";
import { WriteOffDialog } from "./write-off-dialog.tsx";

export interface SelectedExceptionsProps {
  readonly rows: readonly ExceptionRow[];
  readonly environment: Environment;
  readonly resolvers: readonly { readonly operatorId: string; readonly email: string }[];
  readonly operatorId: string;
  readonly writeOffLimits: Readonly<Record<string, string>>;
  readonly canWriteOff: boolean;
  /** What was wrong with the form as it was sent. */
  readonly errors?: FieldErrors;
  /** Grows whenever the desk has answered: a dialog that was answered is done. */
  readonly answeredAt: number | null;
}

/** Buttons of the selection bar. */
export function SelectedExceptions(props: SelectedExceptionsProps) {
  const { rows, resolvers, operatorId } = props;
  const isBusy = useNavigation().state !== "idle";
  const { pathname, search } = useLocation();
  const open = rows.filter(({ state }) => state === "open");
  return (
    <>
      <Form method="post" action={pathname + search} className="flex items-center gap-1.5">
        <input type="hidden" name="intent" value="assign" />
        <HiddenChosen rows={rows} />
        <UserRound size={14} aria-hidden className="text-muted" />
        <select
          name="assignee"
          aria-label="Assign to"
          defaultValue={operatorId}
          className="control h-7 min-h-0 max-w-[190px] py-0 text-sm"
        >
          {resolvers.some((one) => one.operatorId === operatorId) && <option value={operatorId}>Me</option>}
          <option value="">Nobody</option>
          {resolvers
            .filter((one) => one.operatorId !== operatorId)
            .map((one) => (
              <option key={one.operatorId} value={one.operatorId}>
                {one.email}
              </option>
            ))}
        </select>
        <Button size="sm" disabled={isBusy}>
          Assign
        </Button>
      </Form>
      {open.length > 0 && <AcceptDialog {...props} rows={open} />}
      {open.length > 0 && props.canWriteOff && <WriteOffDialog {...props} rows={open} />}
    </>
  );
}

/** Which were chosen, each with the facts that were on screen. */
export function HiddenChosen({ rows }: { rows: readonly ExceptionRow[] }) {
  return rows.map((row) => <input key={row.groupKey} type="hidden" name="group" value={chosenValue(row)} />);
}
