import { Form } from "@remix-run/react";
import { Send } from "lucide-react";
import { paths } from "~/lib/paths.ts";
import { Button } from "../ui/button.tsx";

/** For the selection bar of the Webhooks list: goes on to the plan, which can be looked at and shared. */
export function ReplaySelected({ eventIds }: { eventIds: readonly string[] }) {
  return (
    <Form method="get" action={paths.newReplay()}>
      {eventIds.map((eventId) => (
        <input key={eventId} type="hidden" name="event" value={eventId} />
      ))}
      <Button type="submit" size="sm">
        <Send size={13} aria-hidden /> Replay
      </Button>
    </Form>
  );
}
