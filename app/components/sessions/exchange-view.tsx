import { ChevronRight } from "lucide-react";
import { formatDuration } from "~/lib/time.ts";
import type { Exchange } from "~/xendit/exchange.ts";
import { BodyViewer } from "../ui/body-viewer.tsx";
import { Copy } from "../ui/copy.tsx";

/** One exchange with Xendit or the sandbox, raw, behind one click. */
export function ExchangeView({ exchange }: { exchange: Exchange }) {
  const { method, path, status, latencyMs, requestId } = exchange;
  return (
    <details className="group text-sm">
      <summary className="w-fit cursor-pointer break-all text-muted hover:text-ink">
        <ChevronRight size={13} aria-hidden className="mr-0.5 inline align-[-2px] group-open:rotate-90" />
        <code className="font-mono text-[12.5px]">
          {method} {path}
        </code>{" "}
        <span className="figures whitespace-nowrap">
          {status ?? "no answer"}
          {latencyMs > 0 && ` in ${formatDuration(latencyMs)}`}
        </span>
      </summary>
      <div className="mt-2 flex flex-col gap-2">
        {requestId && (
          <p className="text-muted">
            Request-ID <code className="font-mono break-all">{requestId}</code>{" "}
            <Copy text={requestId} what="Request-ID" />
          </p>
        )}
        <Part label="Request" content={exchange.request} />
        <Part label="Response" content={exchange.response} />
      </div>
    </details>
  );
}

function Part({ label, content }: { label: string; content: unknown }) {
  if (content === null || content === undefined) return null;
  const text = typeof content === "string" ? content : JSON.stringify(content);
  return (
    <div>
      <p className="mb-1 text-muted">{label}</p>
      <BodyViewer text={text} label={label.toLowerCase()} />
    </div>
  );
}
