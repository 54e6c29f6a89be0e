import { Form, useLocation, useNavigation } from "@remix-run/react";
import { RotateCcw } from "lucide-react";
import { paths } from "~/lib/paths.ts";
import { Button, type ButtonSize, type ButtonTone } from "../ui/button.tsx";
import { ReturnTo } from "./return-to.tsx";

interface ProcessAgainFormProps {
  /** Chosen ones; `null` is the oldest that match the list's filters. */
  readonly eventIds: readonly string[] | null;
  readonly label: string;
  /** Made by the loader: one form is one order. */
  readonly replayKey: string;
  readonly size?: ButtonSize;
  readonly tone?: ButtonTone;
}

/** Reads stored bytes again, as today's code and settings understand them. */
export function ProcessAgainForm({ eventIds, label, replayKey, size, tone }: ProcessAgainFormProps) {
  const { search } = useLocation();
  const isBusy = useNavigation().formData?.get("intent") === "process-again";
  return (
    <Form method="post" action={paths.quarantine() + search}>
      <ReturnTo />
      <input type="hidden" name="idempotencyKey" value={replayKey} />
      {eventIds === null && <input type="hidden" name="all" value="1" />}
      {eventIds?.map((eventId) => (
        <input key={eventId} type="hidden" name="event" value={eventId} />
      ))}
      <Button type="submit" size={size} tone={tone} name="intent" value="process-again" disabled={isBusy}>
        <RotateCcw size={14} aria-hidden /> {label}
      </Button>
    </Form>
  );
}
