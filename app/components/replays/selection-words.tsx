import { Link } from "@remix-run/react";
import type { Selection } from "~/domain/replays/replay-plan.ts";
import { paths, withParams } from "~/lib/paths.ts";

/** Params of the webhooks list in the words of its chips. */
const labels: ReadonlyMap<string, string> = new Map([
  ["status", "state"],
  ["type", "event"],
  ["eci", "ECI"],
  ["cvn", "CVN"],
  ["avs", "AVS"],
  ["response", "network response"],
  ["currency", "currency"],
  ["from", "received from"],
  ["to", "received to"],
  ["q", "found by"],
]);

/** Which webhooks a replay is of, in words, and a link to look at them. */
export function SelectionWords({ selection, selected }: { selection: Selection; selected: number | null }) {
  if (selection.kind === "events") return <>Chosen one by one{selected === null ? "" : `: ${selected}`}</>;
  if (selection.kind === "payment") {
    const { paymentRequestId, environment } = selection;
    return (
      <>
        Every webhook of{" "}
        <Link to={withParams(paths.payment(paymentRequestId), { environment })} className="link font-mono break-all">
          {paymentRequestId}
        </Link>
      </>
    );
  }
  return <FilterWords search={selection.search} />;
}

/** "event: payment.capture, received from: 2026-05-01". A filter that filters nothing is every webhook there is. */
export function FilterWords({ search }: { search: string }) {
  const words = filterWords(search);
  const text = words.length === 0 ? "Every webhook of this environment" : `Webhooks with ${words.join(", ")}`;
  return (
    <Link to={`${paths.webhooks()}?${search.replace(/^\?/, "")}`} className="link break-words">
      {text}
    </Link>
  );
}

function filterWords(search: string): readonly string[] {
  const params = new URLSearchParams(search);
  return [...labels].flatMap(([name, label]) => {
    const values = params.getAll(name).filter((value) => value !== "");
    return values.length === 0 ? [] : [`${label}: ${values.join(" or ")}`];
  });
}
