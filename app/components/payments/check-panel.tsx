import { Form, useNavigation } from "@remix-run/react";
import { ChevronRight, RefreshCw } from "lucide-react";
import type { CheckView, FilledIn, subjectWord } from "~/domain/checks/check.ts";
import { type Environment, environmentLabel } from "~/lib/environment.ts";
import { paths } from "~/lib/paths.ts";
import { toneIcon } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { Facts, Panel } from "../ui/panel.tsx";
import { Time } from "../ui/time.tsx";
import { textTone } from "../ui/tone.ts";
import { CheckCallItem } from "./check-call.tsx";

interface CheckPanelProps {
  readonly environment: Environment;
  readonly paymentRequestId: string;
  /** Latest first (`listChecks`). */
  readonly checks: readonly CheckView[];
  /** The operator's role allows it here. */
  readonly canCheck: boolean;
  /** This environment has a secret key (`hasXenditKey`). */
  readonly hasKey: boolean;
}

/** What Xendit itself says of this payment when asked, beside what its webhooks said. */
export function CheckPanel({ environment, paymentRequestId, checks, canCheck, hasKey }: CheckPanelProps) {
  const [latest, ...earlier] = checks;
  return (
    <Panel
      title="Check with Xendit"
      id="check"
      actions={canCheck && hasKey && <CheckButton environment={environment} paymentRequestId={paymentRequestId} />}
    >
      {!hasKey && <NoKey environment={environment} />}
      {latest ? <LatestCheck check={latest} /> : hasKey && <NeverChecked canCheck={canCheck} />}
      {earlier.length > 0 && <EarlierChecks checks={earlier} />}
    </Panel>
  );
}

function CheckButton({ environment, paymentRequestId }: Pick<CheckPanelProps, "environment" | "paymentRequestId">) {
  const action = paths.paymentCheck(paymentRequestId);
  const { state, formAction } = useNavigation();
  const isAsking = state !== "idle" && formAction === action;
  return (
    <Form method="post" action={action} preventScrollReset>
      <input type="hidden" name="environment" value={environment} />
      <Button type="submit" tone="primary" size="sm" disabled={isAsking}>
        <RefreshCw size={13} aria-hidden className={isAsking ? "motion-safe:animate-spin" : undefined} />
        <span aria-live="polite">{isAsking ? "Asking Xendit…" : "Check with Xendit"}</span>
      </Button>
    </Form>
  );
}

function NoKey({ environment }: Pick<CheckPanelProps, "environment">) {
  return (
    <p className="mb-2 text-sm text-muted last:mb-0">
      Xendit cannot be asked: there is no secret key for {environmentLabel[environment]} here.
    </p>
  );
}

function NeverChecked({ canCheck }: Pick<CheckPanelProps, "canCheck">) {
  return (
    <p className="text-sm text-muted">
      Never checked: what stands here is what webhooks told.{" "}
      {canCheck
        ? "A check reads the session, the payment request and its payments from Xendit and keeps the answers. It changes nothing there."
        : "Your role does not ask Xendit in this environment."}
    </p>
  );
}

function LatestCheck({ check }: { check: CheckView }) {
  const { tone, text } = check.summary;
  const Icon = toneIcon[tone];
  return (
    <div className="flex flex-col gap-3">
      <div className="text-sm">
        <p className="flex items-start gap-1.5">
          <Icon size={15} aria-hidden className={`mt-0.5 shrink-0 ${textTone[tone]}`} />
          <span className="min-w-0 break-words font-medium">{text}</span>
        </p>
        <p className="mt-0.5 break-words text-muted">
          <Time at={check.at} seconds /> by {check.by}
        </p>
      </div>
      {check.filledIn.length > 0 && <FilledInList filledIn={check.filledIn} />}
      {check.calls.length > 0 && (
        <ul className="flex flex-col gap-3" aria-label="What was asked">
          {check.calls.map((call) => (
            <CheckCallItem key={`${call.subject} ${call.id}`} call={call} />
          ))}
        </ul>
      )}
    </div>
  );
}

const sourceWord = {
  session: "the session",
  payment_request: "the payment request",
  payment: "the payment",
  token: "the saved card",
} as const satisfies Record<keyof typeof subjectWord, string>;

function FilledInList({ filledIn }: { filledIn: readonly FilledIn[] }) {
  const sources = [...new Set(filledIn.map((one) => one.from))];
  return (
    <div className="rounded-md border border-line bg-good-soft px-3 py-2">
      <h3 className="text-sm font-medium text-ink">Filled in: no webhook had told it</h3>
      {sources.map((source) => (
        <div key={source} className="mt-1.5">
          <p className="mb-0.5 text-xs text-muted">From {sourceWord[source]}</p>
          <Facts items={filledIn.filter(({ from }) => from === source)} />
        </div>
      ))}
    </div>
  );
}

function EarlierChecks({ checks }: { checks: readonly CheckView[] }) {
  return (
    <details className="group mt-3 border-t border-line pt-2 text-sm">
      <summary className="w-fit cursor-pointer text-muted hover:text-ink">
        <ChevronRight size={13} aria-hidden className="mr-0.5 inline align-[-2px] group-open:rotate-90" />
        {checks.length === 1 ? "1 earlier check" : `${checks.length} earlier checks`}
      </summary>
      <ul className="mt-2 flex flex-col gap-2">
        {checks.map((check) => (
          <li key={check.checkId} className="break-words">
            <Time at={check.at} seconds /> <span className="text-muted">by {check.by}</span>
            <span className="block">{check.summary.text}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
