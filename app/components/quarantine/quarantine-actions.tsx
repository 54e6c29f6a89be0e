import { Eraser } from "lucide-react";
import { paths } from "~/lib/paths.ts";
import { ButtonLink } from "../ui/button.tsx";
import { SetAsideDialog } from "./set-aside-dialog.tsx";
import { TakeBackForm } from "./take-back-form.tsx";

interface QuarantineActionsProps {
  readonly event: {
    readonly eventId: string;
    readonly state: string;
    readonly setAsideAt: number | null;
    readonly expungedAt: number | null;
  };
  /** `quarantine:set-aside` and `webhooks:expunge` in the event's environment. */
  readonly canSetAside: boolean;
  readonly canExpunge: boolean;
}

/** For the heading of a webhook's page: what can be done with it besides replaying. Nothing once it was expunged. */
export function QuarantineActions({ event, canSetAside, canExpunge }: QuarantineActionsProps) {
  const { eventId, state, setAsideAt, expungedAt } = event;
  if (expungedAt !== null) return null;
  const backTo = paths.webhook(eventId);
  const isQuarantined = state === "quarantined";
  return (
    <>
      {canExpunge && (
        <ButtonLink to={paths.webhookExpunge(eventId)} tone="quiet">
          <Eraser size={14} aria-hidden /> Expunge…
        </ButtonLink>
      )}
      {canSetAside && isQuarantined && setAsideAt === null && <SetAsideDialog eventIds={[eventId]} backTo={backTo} />}
      {canSetAside && isQuarantined && setAsideAt !== null && <TakeBackForm eventIds={[eventId]} backTo={backTo} />}
    </>
  );
}
