import { CircleAlert, CircleCheck } from "lucide-react";
import type { SetupCheck } from "~/domain/webhooks/webhook-setup.ts";

/** What is in place and what is missing, each missing thing with what to do about it. */
export function WebhookChecklist({ checks }: { checks: readonly SetupCheck[] }) {
  return (
    <ul className="flex flex-col gap-2">
      {checks.map((check) => {
        const Icon = check.isMet ? CircleCheck : CircleAlert;
        return (
          <li key={check.id} className="flex items-start gap-2">
            <Icon
              size={16}
              aria-hidden
              className={check.isMet ? "mt-0.5 shrink-0 text-good" : "mt-0.5 shrink-0 text-look"}
            />
            <div className="min-w-0">
              <p>
                {check.text} <span className="sr-only">{check.isMet ? "(yes)" : "(not yet)"}</span>
              </p>
              {!check.isMet && <p className="text-sm break-words text-muted">{check.todo}</p>}
            </div>
          </li>
        );
      })}
    </ul>
  );
}
