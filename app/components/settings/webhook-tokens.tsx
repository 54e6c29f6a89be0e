import { Form } from "@remix-run/react";
import type { TokenRow } from "~/domain/webhooks/webhook-setup.server.ts";
import { type Environment, environmentLabel } from "~/lib/environment.ts";
import type { FieldErrors, FieldValues } from "~/lib/form.ts";
import { Button } from "../ui/button.tsx";
import { TextField } from "../ui/field.tsx";
import { Time } from "../ui/time.tsx";
import { SmallTable } from "./webhook-tables.tsx";

const originText = {
  configuration: "XENDIT_WEBHOOK_TOKENS",
  sandbox: "made by this installation",
  operator: "added here",
} as const;

/** The tokens webhooks are let in with. Only digests are stored, so none can be shown. */
export function TokenTable({ tokens, mayWrite }: { tokens: readonly TokenRow[]; mayWrite: boolean }) {
  if (tokens.length === 0) return <p className="px-4 py-3 text-muted">None: nothing is let in for this environment.</p>;
  return (
    <SmallTable label="Tokens" head={["Name", "From", "Last used", ...(mayWrite ? [""] : [])]}>
      {tokens.map((token) => (
        <tr key={token.digest} className="border-t border-line">
          <td className="px-4 py-2">{token.label}</td>
          <td className="px-4 py-2 break-words">{originText[token.origin]}</td>
          <td className="px-4 py-2">{token.lastUsedAt === null ? "never" : <Time at={token.lastUsedAt} />}</td>
          {mayWrite && (
            <td className="px-4 py-2 text-right">
              {token.origin === "operator" && (
                <Form method="post">
                  <input type="hidden" name="intent" value="revoke" />
                  <input type="hidden" name="digest" value={token.digest} />
                  <input type="hidden" name="environment" value={token.environment} />
                  <Button type="submit" size="sm">
                    Revoke {token.label}
                  </Button>
                </Form>
              )}
            </td>
          )}
        </tr>
      ))}
    </SmallTable>
  );
}

interface AddTokenProps {
  readonly environment: Environment;
  readonly errors: FieldErrors;
  readonly values: FieldValues;
}

/** Xendit's token is copied from its dashboard; while it is rotated, old and new stand side by side. */
export function AddToken({ environment, errors, values }: AddTokenProps) {
  return (
    <Form method="post" className="grid items-start gap-4 border-t border-line px-4 py-3 sm:grid-cols-2" noValidate>
      <input type="hidden" name="intent" value="add" />
      <input type="hidden" name="environment" value={environment} />
      <TextField
        label="Name of the token"
        name="label"
        placeholder="2026-11"
        defaultValue={values.label}
        error={errors.label}
      />
      <TextField
        label="Token"
        name="callbackToken"
        autoComplete="off"
        spellCheck={false}
        error={errors.callbackToken}
        hint="Copied from Xendit's dashboard. Stored as a digest: it cannot be shown again."
      />
      <Button type="submit" className="justify-self-start">
        Add token for {environmentLabel[environment]}
      </Button>
    </Form>
  );
}
