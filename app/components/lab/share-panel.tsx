import { Form } from "@remix-run/react";
import { CopyValue } from "../settings/copy-value.tsx";
import { Button } from "../ui/button.tsx";
import { Panel } from "../ui/panel.tsx";

/** `link`: where a stranger may read this certificate; `null` while nobody may. */
export function SharePanel({ link }: { link: string | null }) {
  return (
    <Panel title="Share" id="share">
      {link === null ? (
        <p className="mb-2 text-sm text-muted">
          A link shows this certificate, and nothing else, to whoever has it, without signing in. It can be ended at any
          time.
        </p>
      ) : (
        <div className="mb-2">
          <CopyValue value={link} what="the link" />
          <p className="mt-1 text-sm text-muted">Whoever has this link can read the certificate until it is ended.</p>
        </div>
      )}
      <Form method="post">
        <Button type="submit" name="intent" value={link === null ? "share" : "unshare"}>
          {link === null ? "Make a link" : "End this link"}
        </Button>
      </Form>
    </Panel>
  );
}
