import { Form } from "@remix-run/react";
import { Button, ButtonLink } from "~/components/ui/button.tsx";
import { TextField } from "~/components/ui/field.tsx";
import { Panel } from "~/components/ui/panel.tsx";
import type { OperatorIntent } from "~/domain/operators/operator-form.ts";
import type { OperatorRow } from "~/domain/operators/operator-queries.server.ts";
import { paths } from "~/lib/paths.ts";
import { AccessFields } from "./access-fields.tsx";

interface ChangeOperatorPanelProps {
  readonly operator: OperatorRow;
  readonly errors: Readonly<Record<string, string>>;
}

/** Three forms about one operator: what they see, a new password, the way in. Each ends their open sign-ins. */
export function ChangeOperatorPanel({ operator, errors }: ChangeOperatorPanelProps) {
  const { operatorId, email, disabledAt } = operator;
  return (
    <Panel
      title={email}
      id="change"
      className="mb-4"
      actions={
        <ButtonLink tone="quiet" size="sm" to={paths.settingsOperators()}>
          Close
        </ButtonLink>
      }
    >
      <div className="grid gap-8 md:grid-cols-2">
        <IntentForm intent="access" operatorId={operatorId}>
          <AccessFields {...operator} errors={errors} />
          <Button type="submit" className="self-start">
            Save access
          </Button>
        </IntentForm>
        <div className="flex flex-col gap-8">
          <IntentForm intent="password" operatorId={operatorId}>
            <TextField
              label="New password"
              name="password"
              id="field-new-password"
              type="password"
              autoComplete="new-password"
              error={errors.password}
              required
            />
            <Button type="submit" className="self-start">
              Set password
            </Button>
          </IntentForm>
          <IntentForm intent={disabledAt === null ? "disable" : "enable"} operatorId={operatorId}>
            <Button type="submit" tone={disabledAt === null ? "danger" : "default"} className="self-start">
              {disabledAt === null ? `Disable ${email}` : `Let ${email} sign in again`}
            </Button>
          </IntentForm>
        </div>
      </div>
    </Panel>
  );
}

function IntentForm(props: { intent: OperatorIntent; operatorId: string; children: React.ReactNode }) {
  return (
    <Form method="post" className="flex flex-col gap-4">
      <input type="hidden" name="intent" value={props.intent} />
      <input type="hidden" name="operatorId" value={props.operatorId} />
      {props.children}
    </Form>
  );
}
