import { Link } from "@remix-run/react";
import type { TailArrival, TailRefusal } from "~/domain/tail/tail.ts";
import type { TailGap } from "~/domain/tail/tail-lines.ts";
import { refusalText } from "~/domain/webhooks/webhook-setup.ts";
import type { Environment } from "~/lib/environment.ts";
import { paths, withParams } from "~/lib/paths.ts";
import { dayOf, formatDateTime, formatTimeOfDay, formatUtc, toIso } from "~/lib/time.ts";
import { decodeAvs } from "~/xendit/codes/avs.ts";
import { decodeCvn } from "~/xendit/codes/cvn.ts";
import { decodeEci } from "~/xendit/codes/eci.ts";
import { Badge } from "../ui/badge.tsx";
import { useViewer } from "../ui/viewer.tsx";

/** To the second: a tail is read against a log. The day only where it is not today. */
export function TailTime({ at }: { at: number }) {
  const { zone, now } = useViewer();
  const isToday = dayOf(at, zone) === dayOf(now, zone);
  const text = isToday
    ? formatTimeOfDay(at, zone, { seconds: true })
    : formatDateTime(at, zone, { seconds: true, now });
  return (
    <time dateTime={toIso(at)} title={formatUtc(at)} className="figures whitespace-nowrap">
      {text}
    </time>
  );
}

/** What sets this arrival apart from a first one by Xendit. */
export function ArrivalMarks({ arrival }: { arrival: TailArrival }) {
  return (
    <>
      {arrival.isDuplicate && (
        <Badge tone="unknown" icon={false} title="This event had arrived before: one more receipt of it">
          duplicate
        </Badge>
      )}
      {arrival.cameFromReplay && (
        <Badge tone="look" icon={false} title="It carried the header of a replay from here">
          from a replay
        </Badge>
      )}
    </>
  );
}

export function readingsOf(arrival: TailArrival) {
  return {
    eci: decodeEci(arrival.eci, { ...arrival, flow: arrival.threeDsFlow }),
    cvn: decodeCvn(arrival.cvn),
    avs: decodeAvs(arrival.avs),
  };
}

/** Nothing of it was kept but this. */
export function RefusalWords({ refusal }: { refusal: TailRefusal }) {
  return (
    <span className="inline-flex flex-wrap items-center gap-x-2 gap-y-1 whitespace-normal">
      <Badge tone="bad">Refused at the door</Badge>
      <span>{refusalText(refusal.reason)}</span>
      <span className="text-muted">
        {refusal.size === null ? "size unknown" : `${refusal.size.toLocaleString("en")} bytes`} from{" "}
        {refusal.address ?? "an unknown address"}
      </span>
    </span>
  );
}

export function GapWords({ gap, environment }: { gap: TailGap; environment: Environment }) {
  const { zone } = useViewer();
  const time = (at: number) => formatTimeOfDay(at, zone, { seconds: true });
  const list = withParams(paths.webhooks(), { environment, from: toIso(gap.from), to: toIso(gap.at) });
  return (
    <span className="text-muted">
      Too much arrived between {time(gap.from)} and {time(gap.at)} to follow line by line.{" "}
      <Link to={list} className="link">
        All of it is in the list
      </Link>
    </span>
  );
}
