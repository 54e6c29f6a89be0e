import { Form } from "@remix-run/react";
import { ArchiveRestore } from "lucide-react";
import { paths } from "~/lib/paths.ts";
import { Button, type ButtonSize } from "../ui/button.tsx";
import { ReturnTo } from "./return-to.tsx";

interface TakeBackFormProps {
  readonly eventIds: readonly string[];
  readonly backTo?: string;
  readonly size?: ButtonSize;
}

/** Back to the open ones. */
export function TakeBackForm({ eventIds, backTo, size }: TakeBackFormProps) {
  return (
    <Form method="post" action={paths.quarantine()}>
      <ReturnTo path={backTo} />
      {eventIds.map((eventId) => (
        <input key={eventId} type="hidden" name="event" value={eventId} />
      ))}
      <Button type="submit" size={size} name="intent" value="take-back">
        <ArchiveRestore size={14} aria-hidden /> Take back
      </Button>
    </Form>
  );
}
