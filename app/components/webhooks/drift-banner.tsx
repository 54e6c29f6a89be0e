import { Link } from "@remix-run/react";
import { paths } from "~/lib/paths.ts";
import { useEnvironment, useRootData } from "../frame/frame-data.ts";
import { Notice } from "../ui/notice.tsx";

/** Above the webhooks, while there is drift nobody has looked at. */
export function DriftBanner() {
  const open = useRootData()?.counts?.drift ?? 0;
  const { inEnvironment } = useEnvironment();
  if (open === 0) return null;
  const title =
    open === 1 ? "A field of incoming events has changed" : `${open} fields of incoming events have changed`;
  return (
    <Notice
      tone="look"
      title={title}
      action={
        <Link to={inEnvironment(paths.webhookDrift())} className="link text-sm">
          Look at the schema drift
        </Link>
      }
    />
  );
}
