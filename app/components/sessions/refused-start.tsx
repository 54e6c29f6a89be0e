import type { ApiError } from "~/xendit/api-errors.ts";
import type { Exchange } from "~/xendit/exchange.ts";
import { Notice } from "../ui/notice.tsx";
import { ExchangeView } from "./exchange-view.tsx";

interface RefusedStartProps {
  readonly message: string;
  readonly error: ApiError | null;
  readonly exchange: Exchange | null;
}

/** What Xendit said to a session it did not make: in our words, its own beside them, and the raw exchange. */
export function RefusedStart({ message, error, exchange }: RefusedStartProps) {
  return (
    <Notice tone="bad" urgent title="No session was started">
      <p>{message}</p>
      {error?.errorCode && (
        <p className="mt-1">
          <code className="font-mono">{error.errorCode}</code>
          {error.received ? ` – ${error.received}` : ""}
        </p>
      )}
      {error && error.fields.length > 0 && (
        <ul className="mt-1 list-disc pl-5">
          {error.fields.map(({ path, message: text }) => (
            <li key={`${path} ${text}`}>
              {path && <code className="font-mono">{path}</code>} {text}
            </li>
          ))}
        </ul>
      )}
      {exchange && <ExchangeView exchange={exchange} />}
    </Notice>
  );
}
