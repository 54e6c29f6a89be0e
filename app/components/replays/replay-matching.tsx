import { useLocation } from "@remix-run/react";
import { Send } from "lucide-react";
import type { Environment } from "~/lib/environment.ts";
import { paths, withParams } from "~/lib/paths.ts";
import { ButtonLink } from "../ui/button.tsx";
import { figure } from "./counted.ts";

interface ReplayMatchingProps {
  readonly environment: Environment;
  readonly count: number;
  /** `false` when there are more than were counted; the plan counts them all. */
  readonly isCounted: boolean;
}

/** From the Webhooks list to the plan of everything its filters match, on all of its pages. */
export function ReplayMatching({ environment, count, isCounted }: ReplayMatchingProps) {
  const { search } = useLocation();
  if (count === 0) return null;
  const list = new URLSearchParams(search);
  for (const param of ["cursor", "sort", "view"]) list.delete(param);
  list.set("environment", environment);
  const many = count === 1 ? "the one that matches" : `all ${figure(count)}${isCounted ? "" : "+"} that match`;
  return (
    <ButtonLink to={withParams(paths.newReplay(), { list: list.toString(), environment })}>
      <Send size={14} aria-hidden /> Replay {many}…
    </ButtonLink>
  );
}
