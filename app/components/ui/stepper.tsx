import { clsx } from "clsx";
import { Check, CircleDashed, LoaderCircle, X } from "lucide-react";
import type { ReactNode } from "react";
import { Time } from "./time.tsx";

export type StepState = "done" | "current" | "waiting" | "failed" | "skipped";

export interface Step {
  readonly id: string;
  readonly title: string;
  readonly state: StepState;
  readonly at?: number | null;
  /** What came of it, or what it waits for. */
  readonly text?: ReactNode;
  /** One click away: the raw request and response. */
  readonly detail?: ReactNode;
  readonly detailLabel?: string;
}

const stateWord: Record<StepState, string> = {
  done: "done",
  current: "now",
  waiting: "not yet",
  failed: "failed",
  skipped: "left out",
};
const markLook: Record<StepState, string> = {
  done: "border-good-line bg-good-soft text-good",
  current: "border-accent bg-selected text-accent",
  waiting: "border-line-strong border-dashed bg-surface text-faint",
  failed: "border-bad-line bg-bad-soft text-bad",
  skipped: "border-line bg-sunken text-faint",
};

/** The steps of one thing that happens in order, each with its time and what came of it. */
export function Stepper({ label, steps }: { label: string; steps: readonly Step[] }) {
  return (
    <ol aria-label={label} className="flex flex-col">
      {steps.map((step, index) => (
        <StepItem key={step.id} step={step} isLast={index === steps.length - 1} />
      ))}
    </ol>
  );
}

function StepItem({ step, isLast }: { step: Step; isLast: boolean }) {
  const pending = step.state === "waiting" || step.state === "skipped";
  return (
    <li
      id={step.id}
      aria-current={step.state === "current" ? "step" : undefined}
      className="relative flex gap-3 pb-4 last:pb-0"
    >
      {!isLast && (
        <span
          aria-hidden
          className={clsx(
            "absolute top-6 bottom-0 left-[11px] border-l",
            pending ? "border-dashed border-line-strong" : "border-line-strong",
          )}
        />
      )}
      <span
        className={clsx(
          "relative flex size-6 shrink-0 items-center justify-center rounded-full border",
          markLook[step.state],
        )}
      >
        <StepMark state={step.state} />
      </span>
      <div className="min-w-0 flex-1 pt-0.5">
        <div className="flex flex-wrap items-baseline justify-between gap-x-3">
          <p className={clsx("font-medium", pending && "text-muted")}>
            {step.title} <span className="sr-only">({stateWord[step.state]})</span>
          </p>
          {step.at !== undefined && step.at !== null && (
            <span className="text-sm text-muted">
              <Time at={step.at} relative={false} seconds />
            </span>
          )}
        </div>
        {step.text && <div className="text-sm text-muted">{step.text}</div>}
        {step.detail && (
          <details className="mt-1 text-sm">
            <summary className="link w-fit">{step.detailLabel ?? "Request and response"}</summary>
            <div className="mt-2">{step.detail}</div>
          </details>
        )}
      </div>
    </li>
  );
}

function StepMark({ state }: { state: StepState }) {
  if (state === "done") return <Check size={13} strokeWidth={2.5} aria-hidden />;
  if (state === "failed") return <X size={13} strokeWidth={2.5} aria-hidden />;
  if (state === "current") return <LoaderCircle size={13} aria-hidden className="motion-safe:animate-spin" />;
  return <CircleDashed size={13} aria-hidden />;
}
