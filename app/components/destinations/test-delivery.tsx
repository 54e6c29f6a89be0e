import { Form, useNavigation } from "@remix-run/react";
import type { TestResult } from "~/domain/destinations/test-delivery.server.ts";
import { StatusBadge } from "../codes/status-badge.tsx";
import { Button } from "../ui/button.tsx";
import { Facts, Panel } from "../ui/panel.tsx";

interface TestDeliveryProps {
  /** Of the test that was just sent. */
  readonly result: TestResult | null;
}

/** One marked request, and what came back. */
export function TestDelivery({ result }: TestDeliveryProps) {
  const isSending = useNavigation().formData?.get("intent") === "test";
  return (
    <Panel title="Test delivery" id="test">
      <p className="mb-3 max-w-[72ch] text-sm text-muted">
        Sends one paydesk.test event with the token and signature of a real delivery. It counts as none, and goes out
        while the destination is off.
      </p>
      <Form method="post">
        <input type="hidden" name="intent" value="test" />
        <Button type="submit" disabled={isSending}>
          {isSending ? "Sending…" : "Send a test"}
        </Button>
      </Form>
      {result && <Result result={result} />}
    </Panel>
  );
}

function Result({ result }: { result: TestResult }) {
  const { outcome, latencyMs, reason, excerpt, contentType, isCut, carried } = result;
  return (
    <div role="status" className="mt-4 border-t border-line pt-3">
      <Facts
        items={[
          {
            label: "Result",
            value: (
              <span className="inline-flex flex-wrap items-center gap-2">
                <StatusBadge kind="attempt" code={outcome} />
                <span className="figures">in {latencyMs.toLocaleString("en")} ms</span>
              </span>
            ),
          },
          ...(reason === null ? [] : [{ label: "Why", value: reason }]),
          { label: "Carried", value: carried.length === 0 ? "no token, no signature" : carried.join(", ") },
          ...(contentType === null ? [] : [{ label: "Answer's type", value: contentType }]),
        ]}
      />
      {excerpt !== null && (
        <details open className="mt-3">
          <summary className="cursor-pointer text-sm text-muted">What it answered</summary>
          <pre className="mt-1 max-h-60 overflow-auto rounded-sm bg-hover p-2 font-mono text-[12.5px] whitespace-pre-wrap break-all">
            {excerpt}
            {isCut && "\n…"}
          </pre>
        </details>
      )}
    </div>
  );
}
