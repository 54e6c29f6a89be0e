import { Link } from "@remix-run/react";
import { paths } from "~/lib/paths.ts";

/** Where to go when what is expected does not come. */
export function ExpectedActions({ canCheck }: { canCheck: boolean }) {
  return (
    <p className="mt-0.5 flex flex-wrap gap-x-3">
      {canCheck && (
        <a href="#check" className="link">
          Check with Xendit
        </a>
      )}
      <Link to={paths.settingsWebhooks()} className="link">
        Webhook set-up
      </Link>
    </p>
  );
}
