import { clsx } from "clsx";
import { type Environment, environmentLabel } from "~/lib/environment.ts";

const dots: Record<Environment, string> = { sandbox: "bg-sandbox-mark", test: "bg-test-mark", live: "bg-line-strong" };

/** Which environment the filters search in. Said, not chosen: the switch in the top bar is the one place for that. */
export function ListEnvironment({ environment }: { environment: Environment }) {
  return (
    <span className="inline-flex h-7 items-center gap-1.5 px-1 text-sm text-muted" title="Changed in the top bar">
      <span aria-hidden className={clsx("size-2 rounded-full", dots[environment])} />
      in {environmentLabel[environment]}
    </span>
  );
}
