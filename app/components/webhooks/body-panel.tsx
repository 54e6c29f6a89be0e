import { useFetcher } from "@remix-run/react";
import { type ReactNode, useMemo } from "react";
import type { ReadBody } from "~/domain/webhooks/find-webhook.server.ts";
import { paths } from "~/lib/paths.ts";
import { BodyViewer } from "../ui/body-viewer.tsx";
import { Button } from "../ui/button.tsx";
import { TextField } from "../ui/field.tsx";
import { Panel } from "../ui/panel.tsx";

interface BodyPanelProps {
  readonly eventId: string;
  readonly body: ReadBody;
  readonly canReveal: boolean;
  readonly actions?: ReactNode;
}

/** What the reveal answers. */
export interface Revealed {
  readonly text?: string;
  /** Of bytes that are no text. */
  readonly base64?: string | null;
  readonly error?: string;
}

/** The body as stored. Personal data is replaced until somebody who may see it says why (RULES 7). */
export function BodyPanel({ eventId, body, canReveal, actions }: BodyPanelProps) {
  const fetcher = useFetcher<Revealed>();
  const revealed = fetcher.data?.text;
  const isHidden = body.hasPersonal && revealed === undefined;
  const bytes = useBytes({
    text: isHidden || !body.isText ? null : (revealed ?? body.text),
    base64: fetcher.data?.base64 ?? body.base64,
  });
  return (
    <Panel title="Body" id="body" actions={actions}>
      {!body.isText && (
        <p className="mb-2 text-sm text-look">
          These bytes are not UTF-8: what is not is drawn as �. “Bytes” and the download have them exactly.
        </p>
      )}
      {isHidden && (
        <p className="mb-2 text-sm text-muted">Personal data is replaced; everything else is as received.</p>
      )}
      <BodyViewer
        text={revealed ?? body.text}
        label="webhook body"
        bytes={bytes}
        downloadHref={body.hasPersonal && !canReveal ? undefined : paths.webhookBody(eventId)}
      />
      {isHidden && canReveal && (
        <fetcher.Form method="post" className="mt-3 flex flex-wrap items-end gap-2">
          <TextField
            label="Why personal data is needed"
            name="reason"
            required
            maxLength={300}
            error={fetcher.data?.error}
            className="w-[320px]"
          />
          <Button type="submit" name="intent" value="reveal" disabled={fetcher.state !== "idle"}>
            Show personal data
          </Button>
        </fetcher.Form>
      )}
    </Panel>
  );
}

/** The exact bytes, where all of the body may be seen: of a text they follow from it. */
function useBytes({ text, base64 }: { readonly text: string | null; readonly base64: string | null }) {
  return useMemo(() => {
    if (text !== null) return () => new TextEncoder().encode(text);
    if (base64 !== null) return () => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    return undefined;
  }, [text, base64]);
}
