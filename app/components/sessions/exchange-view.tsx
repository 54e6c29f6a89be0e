import type { Exchange } from "~/db.server.ts";
import { formatDuration } from "~/lib/time.ts";
import { Copy } from "../ui/copy.tsx";

/** One exchange with Xendit or the sandbox, raw, behind one click. Foreign text: only ever drawn as text. */
export function ExchangeView({ exchange }: { exchange: Exchange }) {
  const { method, path, status, latencyMs, requestId } = exchange;
  return (
    <details className="mt-1 text-sm">
      <summary className="cursor-pointer text-muted hover:text-ink">
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
            Request-ID <code className="font-mono">{requestId}</code> <Copy text={requestId} what="Request-ID" />
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
  const text = pretty(content);
  return (
    <div>
      <p className="flex items-center gap-1 text-muted">
        {label} <Copy text={text} what={label.toLowerCase()} />
      </p>
      <pre className="max-h-80 overflow-auto rounded-sm bg-sunken p-2 font-mono text-[12.5px] break-words whitespace-pre-wrap">
        {text}
      </pre>
    </div>
  );
}

/** Indented by hand of its tokens, not by parsing: amounts keep their digits. */
export function pretty(content: unknown): string {
  const text = typeof content === "string" ? content : JSON.stringify(content);
  if (!/^\s*[{[]/.test(text)) return text;
  let depth = 0;
  const tokens = text.match(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+|"/g) ?? [];
  const line = () => `\n${"  ".repeat(Math.max(0, depth))}`;
  return tokens
    .map((token, index) => {
      const next = tokens[index + 1];
      if (token === "{" || token === "[") {
        depth += 1;
        return next === "}" || next === "]" ? token : token + line();
      }
      if (token === "}" || token === "]") {
        depth -= 1;
        const before = tokens[index - 1];
        return before === "{" || before === "[" ? token : line() + token;
      }
      if (token === ",") return token + line();
      return token === ":" ? ": " : token;
    })
    .join("");
}
