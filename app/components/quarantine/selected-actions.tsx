import type { QuarantineTab } from "~/domain/quarantine/quarantine.ts";
import { ProcessAgainForm } from "./process-again-form.tsx";
import { SetAsideDialog } from "./set-aside-dialog.tsx";
import { TakeBackForm } from "./take-back-form.tsx";

interface SelectedActionsProps {
  readonly tab: QuarantineTab;
  readonly eventIds: readonly string[];
  readonly replayKey: string;
  readonly can: { readonly reprocess: boolean; readonly setAside: boolean };
}

/** Buttons of the selection bar. */
export function SelectedActions({ tab, eventIds, replayKey, can }: SelectedActionsProps) {
  return (
    <>
      {can.reprocess && <ProcessAgainForm eventIds={eventIds} label="Process again" replayKey={replayKey} size="sm" />}
      {can.setAside && tab === "open" && <SetAsideDialog eventIds={eventIds} size="sm" />}
      {can.setAside && tab === "aside" && <TakeBackForm eventIds={eventIds} size="sm" />}
    </>
  );
}
