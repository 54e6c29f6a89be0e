import { Form } from "@remix-run/react";
import { type Breaker, openUntil } from "~/domain/destinations/breaker.ts";
import { formatDuration } from "~/lib/time.ts";
import { Button } from "../ui/button.tsx";
import { Notice } from "../ui/notice.tsx";

interface BreakerNoticeProps {
  readonly name: string;
  readonly breaker: Breaker;
  readonly lastOutcome: string | null;
  readonly readAt: number;
  /** Whether the operator may close it. */
  readonly canTry: boolean;
}

/** "staging has failed 10 times in a row": why nothing moves, until when, and the way to try at once. */
export function BreakerNotice({ name, breaker, lastOutcome, readAt, canTry }: BreakerNoticeProps) {
  const until = openUntil(breaker);
  if (until === null) return null;
  const wait = until - readAt;
  return (
    <Notice
      tone="bad"
      title={`${name} has failed ${breaker.failuresInRow} times in a row${lastOutcome ? `, the last one ${lastOutcome}` : ""}`}
      action={
        canTry && (
          <Form method="post" preventScrollReset>
            <Button type="submit" size="sm" name="intent" value="try-now">
              Try now
            </Button>
          </Form>
        )
      }
    >
      {wait > 0
        ? `Nothing is sent meanwhile; next try in ${formatDuration(Math.ceil(wait / 1_000) * 1_000)}.`
        : "The next try decides."}
    </Notice>
  );
}
