import { Copy } from "../ui/copy.tsx";
import { Facts, Panel } from "../ui/panel.tsx";
import { CopyValue } from "./copy-value.tsx";

interface SandboxGuideProps {
  readonly baseUrl: string;
  readonly scriptUrl: string;
  readonly businessId: string | null;
  /** `null` for those who may not have them. */
  readonly keys: { readonly secretKey: string; readonly publicKey: string } | null;
}

/** What a merchant's own code needs to talk to the sandbox instead of Xendit. */
export function SandboxGuide({ baseUrl, scriptUrl, businessId, keys }: SandboxGuideProps) {
  const hidden = <span className="text-muted">shown to those who may configure the sandbox</span>;
  return (
    <Panel title="Point your code here" id="keys">
      <Facts
        items={[
          { label: "Base URL", value: <CopyValue value={baseUrl} what="base URL" /> },
          { label: "Script", value: <CopyValue value={scriptUrl} what="script URL" /> },
          { label: "Secret key", value: keys ? <CopyValue value={keys.secretKey} what="secret key" /> : hidden },
          { label: "Public key", value: keys ? <CopyValue value={keys.publicKey} what="public key" /> : hidden },
          ...(businessId ? [{ label: "Business id", value: <CopyValue value={businessId} what="business id" /> }] : []),
        ]}
      />
      <p className="mt-3 text-sm text-muted">
        Same paths, bodies and errors as Xendit's. Test cards and amounts that decline work as in Xendit's test mode.
        The keys are this installation's own and open nothing elsewhere.
      </p>
      {keys && <CurlExample baseUrl={baseUrl} secretKey={keys.secretKey} />}
    </Panel>
  );
}

function CurlExample({ baseUrl, secretKey }: { baseUrl: string; secretKey: string }) {
  const example = curlExample(baseUrl, secretKey);
  return (
    <details className="mt-3" open>
      <summary className="w-fit cursor-pointer text-sm font-medium">Create a session with curl</summary>
      <div className="relative mt-2">
        <pre
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
          tabIndex={0}
          className="overflow-x-auto rounded-md border border-line bg-sunken p-3 pr-10 font-mono text-[12.5px] leading-5"
        >
          {example}
        </pre>
        <Copy text={example} what="curl example" className="absolute top-2 right-2" />
      </div>
    </details>
  );
}

/**
 * The token is the Visa card that every sandbox has, with a challenge. A customer's reference can be used once (FACTS 1.1),
 * so the shell makes a new one each time.
 */
function curlExample(baseUrl: string, secretKey: string): string {
  return `curl ${baseUrl}/sessions \\
  -u ${secretKey}: \\
  -H 'content-type: application/json' \\
  -d '{
    "reference_id": "order-1001",
    "session_type": "PAY",
    "mode": "CARDS_SESSION_JS",
    "amount": 10000,
    "currency": "IDR",
    "country": "ID",
    "customer": {
      "reference_id": "customer'$(date +%s)'",
      "type": "INDIVIDUAL",
      "email": "shopper@example.com",
      "individual_detail": { "given_names": "Jaap", "surname": "Stam" }
    },
    "cards_session_js": {
      "card_payment_token_id": "pt-5a0d2c61-0001-4c1d-8f00-0000000a2503",
      "success_return_url": "http://127.0.0.1:8080/success",
      "failure_return_url": "http://127.0.0.1:8080/failure"
    }
  }'`;
}
