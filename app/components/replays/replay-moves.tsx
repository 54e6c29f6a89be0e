import { Form } from "@remix-run/react";
import { Pause, Play } from "lucide-react";
import { useState } from "react";
import type { ReplayMove } from "~/domain/replays/replay.ts";
import type { ReplayRow } from "~/domain/replays/replay-queries.server.ts";
import { Button } from "../ui/button.tsx";
import { Dialog, DialogActions, DialogClose } from "../ui/dialog.tsx";
import { eventsText } from "./counted.ts";

interface ReplayMovesProps {
  readonly moves: readonly ReplayMove[];
  readonly kind: ReplayRow["kind"];
  readonly waiting: number;
}

/** Pause, resume and cancel, as far as the replay's state and the operator's role allow. No count in a button that stays: it would move. */
export function ReplayMoves({ moves, kind, waiting }: ReplayMovesProps) {
  return (
    <>
      {moves.includes("stop") && (
        <MoveForm move="stop">
          <Pause size={14} aria-hidden /> Pause
        </MoveForm>
      )}
      {moves.includes("resume") && (
        <MoveForm move="resume" tone="primary">
          <Play size={14} aria-hidden /> Resume
        </MoveForm>
      )}
      {moves.includes("cancel") && <CancelDialog isListener={kind === "listen"} waiting={waiting} />}
    </>
  );
}

function MoveForm({ move, tone, children }: { move: ReplayMove; tone?: "primary"; children: React.ReactNode }) {
  return (
    <Form method="post" preventScrollReset>
      <Button type="submit" name="intent" value={move} tone={tone}>
        {children}
      </Button>
    </Form>
  );
}

function CancelDialog({ isListener, waiting }: { isListener: boolean; waiting: number }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Dialog
      title={isListener ? "End this listener" : "Cancel this replay"}
      description={
        isListener
          ? "The program ends within seconds. What was delivered stays delivered."
          : "What waits is left out for good. Tries that are under way end by themselves, and what was delivered stays delivered."
      }
      trigger={<Button type="button">Cancel…</Button>}
      open={isOpen}
      onOpenChange={setOpen}
    >
      <Form method="post" onSubmit={() => setOpen(false)}>
        <DialogActions>
          <DialogClose asChild>
            <Button type="button">Let it run</Button>
          </DialogClose>
          <Button type="submit" name="intent" value="cancel" tone="danger">
            {isListener ? "End the listener" : `Cancel, leave out ${eventsText(waiting)}`}
          </Button>
        </DialogActions>
      </Form>
    </Dialog>
  );
}
