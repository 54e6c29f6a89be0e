import type { VerifierCode } from "~/domain/destinations/verifier-code.server.ts";
import { Copy } from "../ui/copy.tsx";

/** Ten lines for whoever writes the receiver. */
export function VerifierHelp({ verifiers }: { verifiers: readonly VerifierCode[] }) {
  return (
    <div className="mt-4 flex flex-col gap-1 border-t border-line pt-3 text-sm">
      <p className="text-muted">How the receiver checks a signature:</p>
      {verifiers.map(({ language, code }) => (
        <details key={language}>
          <summary className="cursor-pointer underline decoration-dotted underline-offset-2">{language}</summary>
          <div className="relative mt-1">
            <pre
              // What scrolls sideways must be reachable by keyboard.
              // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys scroll what has the focus
              tabIndex={0}
              className="max-h-72 overflow-auto rounded-sm bg-hover p-2 pr-9 font-mono text-[12.5px]"
            >
              {code}
            </pre>
            <Copy text={code} what={`the ${language} verifier`} className="absolute top-1 right-1" />
          </div>
        </details>
      ))}
    </div>
  );
}
