import { Form } from "@remix-run/react";
import { DEFAULT_LIFETIME, LIFETIMES, lifetimeLabel } from "~/domain/tokens/access-token.ts";
import type { FieldErrors, FieldValues } from "~/lib/form.ts";
import { CopyValue } from "../settings/copy-value.tsx";
import { Button } from "../ui/button.tsx";
import { SelectField, TextField } from "../ui/field.tsx";
import { Notice } from "../ui/notice.tsx";
import { Panel } from "../ui/panel.tsx";

interface CreateTokenPanelProps {
  /** Names the token that the form makes. */
  readonly newTokenId: string;
  readonly errors: FieldErrors;
  readonly values: FieldValues;
}

export function CreateTokenPanel({ newTokenId, errors, values }: CreateTokenPanelProps) {
  return (
    <Panel title="Create a token" id="create" className="max-w-[560px]">
      <Form method="post" className="flex flex-col gap-4" noValidate>
        <input type="hidden" name="intent" value="create" />
        <input type="hidden" name="tokenId" value={newTokenId} />
        <TextField
          label="Name"
          name="name"
          required
          autoComplete="off"
          defaultValue={values.name}
          error={errors.name}
          hint="Where it is used, so that you know later what to revoke: “laptop”."
        />
        <SelectField
          label="Ends after"
          name="lifetime"
          options={LIFETIMES.map((value) => ({ value, label: lifetimeLabel[value] }))}
          defaultValue={values.lifetime ?? DEFAULT_LIFETIME}
          error={errors.lifetime}
        />
        <Button type="submit" tone="primary" className="self-start">
          Create token
        </Button>
      </Form>
    </Panel>
  );
}

/** The one time it is seen, with what to do next. */
export function NewToken({ token, server }: { token: string; server: string }) {
  return (
    <Notice tone="look" title="Copy it now: it is shown this once" urgent>
      <CopyValue value={token} what="access token" />
      <p className="mt-1 text-muted">
        In a shell: <code className="font-mono text-[12.5px]">export PAYDESK_TOKEN=…</code>, then{" "}
        <code className="font-mono text-[12.5px]">
          npm run listen -- --server {server} --to http://localhost:4000/hook
        </code>
        . Whoever has it reads webhooks as you, with the personal data in them.
      </p>
    </Notice>
  );
}
