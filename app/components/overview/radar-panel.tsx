import { Form, Link, useNavigation } from "@remix-run/react";
import {
  isCalm,
  type MissingPayment,
  RADAR_KINDS,
  type Radar,
  type RadarFinding,
  radarFigure,
} from "~/domain/radar/radar.ts";
import { silenceSentence } from "~/domain/radar/silence.ts";
import type { Environment } from "~/lib/environment.ts";
import { paths, withParams } from "~/lib/paths.ts";
import { StatusBadge } from "../codes/status-badge.tsx";
import { Badge, toneIcon } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { Money } from "../ui/money.tsx";
import { Panel } from "../ui/panel.tsx";
import { Time } from "../ui/time.tsx";

interface RadarPanelProps {
  readonly radar: Radar;
  readonly canCheck: boolean;
}

/** What Xendit should have told and did not: one quiet line when all is well, else the payments by name. */
export function RadarPanel({ radar, canCheck }: RadarPanelProps) {
  const found = radar.findings.filter(({ count }) => count > 0);
  if (isCalm(radar)) return radar.silence.kind === "nothing" ? null : <CalmLine radar={radar} />;
  return (
    <Panel
      title="Missing webhooks"
      id="radar"
      className="mb-4"
      actions={<span className="text-sm text-muted">Last 30 days</span>}
    >
      <SilenceLine radar={radar} />
      {found.length > 0 && (
        <div className="grid gap-x-8 gap-y-5 sm:grid-cols-[repeat(auto-fit,minmax(300px,1fr))]">
          {found.map((finding) => (
            <Finding key={finding.kind} finding={finding} environment={radar.environment} canCheck={canCheck} />
          ))}
        </div>
      )}
    </Panel>
  );
}

function CalmLine({ radar }: { radar: Radar }) {
  const Icon = toneIcon.good;
  return (
    <p id="radar" className="mb-4 flex items-start gap-2 rounded-md border border-line bg-surface px-4 py-2.5 text-sm">
      <Icon size={16} aria-hidden className="mt-0.5 shrink-0 text-good" />
      <span>
        No webhook is missing: every payment of the last 30 days has its outcome, and every completed session its
        payment webhook. <span className="text-muted">{silenceSentence(radar.silence, radar.now)}</span>
      </span>
    </p>
  );
}

function SilenceLine({ radar: { silence, environment, now, findings } }: { radar: Radar }) {
  const isSilent = silence.kind === "silent";
  const isAlone = findings.every(({ count }) => count === 0);
  return (
    <p className={isAlone ? "text-sm" : "mb-3 text-sm"}>
      {isSilent && <Badge tone="look">Silence</Badge>}{" "}
      <span className={isSilent ? undefined : "text-muted"}>{silenceSentence(silence, now)}</span>
      {isSilent && (
        <span className="text-muted">
          {environment === "sandbox"
            ? " The sandbox sends only when somebody pays in it."
            : " Look at Xendit's status and at the webhook URL in its dashboard."}
        </span>
      )}
    </p>
  );
}

interface FindingProps {
  readonly finding: RadarFinding;
  readonly environment: Environment;
  readonly canCheck: boolean;
}

function Finding({ finding, environment, canCheck }: FindingProps) {
  const kind = RADAR_KINDS.find((one) => one.kind === finding.kind);
  if (!kind) return null;
  const headingId = `radar-${finding.kind}`;
  const rest = finding.count - finding.payments.length;
  return (
    <section aria-labelledby={headingId} className="min-w-0">
      <h3 id={headingId} className="flex items-center gap-2 font-medium">
        {kind.title}
        <Badge tone="look">{radarFigure(finding.count)}</Badge>
      </h3>
      <p className="mt-0.5 text-sm text-muted">{kind.about}</p>
      <ul className="mt-2 divide-y divide-line border-t border-line">
        {finding.payments.map((payment) => (
          <Named
            key={payment.paymentRequestId}
            payment={payment}
            showsStatus={payment.status !== SAID_BY_TITLE[finding.kind]}
            environment={environment}
            canCheck={canCheck}
          />
        ))}
      </ul>
      <Link to={finding.href} className="link mt-1 inline-block text-sm">
        {rest > 0 ? `See all ${radarFigure(finding.count)}` : "See them in the list"}
      </Link>
    </section>
  );
}

/** The status that goes without saying under each heading; what a check found out since stands beside the payment. */
const SAID_BY_TITLE: Record<RadarFinding["kind"], string | null> = {
  payment_webhook: "UNKNOWN",
  session_webhook: "SUCCEEDED",
  outcome: null,
};

interface NamedProps extends Pick<FindingProps, "environment" | "canCheck"> {
  readonly payment: MissingPayment;
  readonly showsStatus: boolean;
}

function Named({ payment, showsStatus, environment, canCheck }: NamedProps) {
  const { paymentRequestId, referenceId, status, amountMinor, amountRaw, currency, at, checkedAt } = payment;
  const name = referenceId ?? paymentRequestId;
  return (
    <li className="flex items-center gap-3 py-1.5">
      <div className="min-w-0 flex-1">
        <Link
          to={withParams(paths.payment(paymentRequestId), { environment })}
          className="block truncate font-mono text-[12.5px] hover:text-accent hover:underline"
          title={`${name}\n${paymentRequestId}`}
        >
          {name}
        </Link>
        <span className="flex flex-wrap items-center gap-x-2 text-sm text-muted">
          <Money minor={amountMinor} raw={amountRaw} currency={currency} />
          <Time at={at} />
          {showsStatus && <StatusBadge kind="payment" code={status} />}
          {checkedAt !== null && (
            <span>
              checked <Time at={checkedAt} />
            </span>
          )}
        </span>
      </div>
      {canCheck && <CheckButton payment={payment} name={name} environment={environment} />}
    </li>
  );
}

/** A form of its own, so that it works before any script has loaded; it ends on the payment, with what Xendit said. */
function CheckButton(props: { payment: MissingPayment; name: string; environment: Environment }) {
  const { formAction } = useNavigation();
  const { paymentRequestId, checkedAt } = props.payment;
  const action = paths.paymentCheck(paymentRequestId);
  const order = checkedAt === null ? "Check with Xendit" : "Check again";
  return (
    <Form method="post" action={action}>
      <input type="hidden" name="environment" value={props.environment} />
      <Button size="sm" disabled={formAction === action}>
        {formAction === action ? "Asking…" : order}
        <span className="sr-only"> what became of {props.name}</span>
      </Button>
    </Form>
  );
}
