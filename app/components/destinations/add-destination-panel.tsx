import { Form, useNavigation } from "@remix-run/react";
import { Button } from "../ui/button.tsx";
import { TextField } from "../ui/field.tsx";
import { Notice } from "../ui/notice.tsx";
import { Panel } from "../ui/panel.tsx";

interface AddDestinationPanelProps {
  readonly allowsLoopback: boolean;
  readonly errors: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, string>>;
}

export function AddDestinationPanel({ allowsLoopback, errors, values }: AddDestinationPanelProps) {
  const isSending = useNavigation().state === "submitting";
  const reach = allowsLoopback
    ? "A public address, or this machine (http://127.0.0.1:PORT)."
    : "A public address. This machine and private networks are closed, unless an administrator named them.";
  return (
    <Panel title="Add a destination" id="add">
      {errors.form && <Notice tone="bad" title={errors.form} urgent />}
      <Form method="post" className="grid max-w-[640px] gap-3">
        <input type="hidden" name="intent" value="add" />
        <TextField
          label="Name"
          name="name"
          required
          maxLength={40}
          autoComplete="off"
          defaultValue={values.name}
          error={errors.name}
        />
        <TextField
          label="URL"
          name="url"
          type="url"
          required
          autoComplete="off"
          defaultValue={values.url}
          error={errors.url}
          hint={reach}
        />
        <TextField
          label="Token (optional)"
          name="token"
          type="password"
          autoComplete="off"
          error={errors.token}
          hint="Sent as x-callback-token. Kept sealed and shown never again. One of its own: not Xendit's."
        />
        <div>
          <Button type="submit" tone="primary" disabled={isSending}>
            Add destination
          </Button>
        </div>
      </Form>
    </Panel>
  );
}
