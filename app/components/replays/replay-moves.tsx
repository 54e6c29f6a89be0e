import { Form } from "@remix-run/react";
import type { ReplayMove } from "~/domain/replays/replay.ts";
import { Button } from "../ui/button.tsx";

/** Stop, resume and cancel, as far as the replay's state and the operator's role allow. */
export function ReplayMoves({ moves, waiting }: { moves: readonly ReplayMove[]; waiting: number }) {
  if (moves.length === 0) return null;
  const label: Record<ReplayMove, string> = {
    stop: "Stop",
    resume: `Resume, ${waiting} waiting`,
    cancel: `Cancel, leave out ${waiting}`,
  };
  return (
    <Form method="post" className="flex gap-2">
      {moves.map((move) => (
        <Button key={move} type="submit" name="intent" value={move} tone={move === "resume" ? "primary" : "default"}>
          {label[move]}
        </Button>
      ))}
    </Form>
  );
}
