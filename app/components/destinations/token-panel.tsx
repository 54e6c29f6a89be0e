import { Form } from "@remix-run/react";
import type { FieldErrors } from "~/lib/form.ts";
import { Button } from "../ui/button.tsx";
import { TextField } from "../ui/field.tsx";
import { Panel } from "../ui/panel.tsx";

interface TokenPanelProps {
  readonly hasToken: boolean;
  readonly canChange: boolean;
  readonly errors: FieldErrors;
}

/** What is sent as x-callback-token, as Xendit does. */
export function TokenPanel({ hasToken, canChange, errors }: TokenPanelProps) {
  return (
    <Panel title="Token" id="token">
      <p className="mb-3 text-sm text-muted">
        {hasToken
          ? "Deliveries carry a token as x-callback-token. It is kept sealed and shown never again."
          : "Deliveries carry no x-callback-token."}
      </p>
      {canChange && (
        <Form method="post" className="flex flex-col gap-3" noValidate>
          <TextField
            label={hasToken ? "New token" : "Token"}
            name="token"
            type="password"
            autoComplete="off"
            error={errors.token}
            hint="One of its own: not Xendit's."
          />
          <div className="flex flex-wrap gap-2">
            <Button type="submit" name="intent" value="token">
              {hasToken ? "Replace token" : "Set token"}
            </Button>
            {hasToken && (
              <Button type="submit" tone="quiet" name="intent" value="remove-token">
                Remove token
              </Button>
            )}
          </div>
        </Form>
      )}
    </Panel>
  );
}
