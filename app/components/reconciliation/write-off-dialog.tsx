import { Form, useLocation, useNavigation } from "@remix-run/react";
import { Scissors } from "lucide-react";
import { useEffect, useState } from "react";
import { exceptionRefusals } from "~/domain/reconciliation/exception.ts";
import type { ExceptionRow } from "~/domain/reconciliation/exception-list.server.ts";
import { writeOffOf } from "~/domain/reconciliation/write-off.ts";
import { environmentLabel } from "~/lib/environment.ts";
import { formatMoney } from "~/lib/money.ts";
import { Button } from "../ui/button.tsx";
import { Dialog, DialogActions, DialogClose } from "../ui/dialog.tsx";
import { CutId } from "../ui/id.tsx";
import { ReasonField } from "./reason-field.tsx";
import { HiddenChosen, type SelectedExceptionsProps } from "./selected-exceptions.tsx";
import { SignedMoney } from "./signed-money.tsx";

/** Names every amount before it is given up, and every chosen one that cannot be, with why. */
export function WriteOffDialog({ rows, environment, writeOffLimits, errors, answeredAt }: SelectedExceptionsProps) {
  const [isOpen, setOpen] = useState(false);
  const isBusy = useNavigation().state !== "idle";
  const { pathname, search } = useLocation();
  useEffect(() => {
    if (answeredAt !== null) setOpen(false);
  }, [answeredAt]);
  const judged = rows.map((row) => ({ row, allowed: writeOffOf(row, { writeOffLimits }) }));
  const allowed = judged.filter((one) => one.allowed.ok).map(({ row }) => row);
  return (
    <Dialog
      title="Write off these differences?"
      description="Each is given up as it stands and shown in its day's figures as written off."
      open={isOpen}
      onOpenChange={setOpen}
      trigger={
        <Button type="button" size="sm">
          <Scissors size={14} aria-hidden /> Write off…
        </Button>
      }
    >
      <Form method="post" action={pathname + search}>
        <HiddenChosen rows={allowed} />
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys scroll what has the focus */}
        <div tabIndex={0} className="mb-3 max-h-[220px] overflow-auto rounded-md border border-line text-sm">
          <ul aria-label="Chosen">
            {judged.map(({ row, allowed: one }) => (
              <li key={row.groupKey} className="border-b border-line px-3 py-1.5 last:border-b-0">
                <span className="flex items-center justify-between gap-3">
                  <span className="font-mono text-[12.5px]">
                    <CutId value={row.groupKey} />
                  </span>
                  <SignedMoney minor={row.difference} currency={row.currency} />
                </span>
                {!one.ok && (
                  <span className="block text-xs text-look">
                    Not written off: {exceptionRefusals[one.refusal]} {one.detail}
                  </span>
                )}
              </li>
            ))}
          </ul>
        </div>
        {allowed.length > 0 ? (
          <ReasonField error={errors?.reason ?? errors?.group ?? errors?.form} />
        ) : (
          <p className="text-sm">None of them can be written off.</p>
        )}
        <DialogActions>
          <DialogClose asChild>
            <Button type="button">Leave open</Button>
          </DialogClose>
          {allowed.length > 0 && (
            <Button
              type="submit"
              name="intent"
              value="write-off"
              tone="danger"
              disabled={isBusy}
              className="!h-auto min-h-8 !shrink !whitespace-normal"
            >
              Write off {sumsText(allowed)} in {environmentLabel[environment]}
            </Button>
          )}
        </DialogActions>
      </Form>
    </Dialog>
  );
}

/** "700.00 IDR and 1.20 USD": sizes by currency, whichever way each goes. */
function sumsText(rows: readonly ExceptionRow[]): string {
  const sums = new Map<string, bigint>();
  for (const { currency, difference } of rows) {
    if (currency === null || difference === null) continue;
    sums.set(currency, (sums.get(currency) ?? 0n) + BigInt(Math.abs(difference)));
  }
  const texts = [...sums].map(([currency, minor]) => formatMoney({ minor, currency }));
  const last = texts.pop() ?? "";
  return texts.length > 0 ? `${texts.join(", ")} and ${last}` : last;
}
