import { Form } from "@remix-run/react";
import type { AllowedAddress } from "~/domain/destinations/allowed-address.ts";
import type { FieldErrors, FieldValues } from "~/lib/form.ts";
import { Button } from "../ui/button.tsx";
import { TextField } from "../ui/field.tsx";
import { Panel } from "../ui/panel.tsx";
import { Time } from "../ui/time.tsx";

/** What was named, by whom, and why. */
export function AllowedAddresses({ addresses }: { addresses: readonly AllowedAddress[] }) {
  return (
    <Panel title="Allowed" id="allowed" flush>
      {addresses.length === 0 ? (
        <p className="px-4 py-3 text-sm text-muted">None: destinations reach public addresses only.</p>
      ) : (
        <ul aria-label="Allowed addresses" className="divide-y divide-line text-sm">
          {addresses.map((one) => (
            <li key={one.address} className="flex items-start justify-between gap-4 px-4 py-2.5">
              <div className="min-w-0">
                <p className="font-mono text-[12.5px] break-all">{one.address}</p>
                <p className="break-words">{one.reason}</p>
                <p className="text-muted break-words">
                  <Time at={one.addedAt} /> by {one.addedBy}
                </p>
              </div>
              <Form method="post">
                <input type="hidden" name="intent" value="disallow" />
                <input type="hidden" name="address" value={one.address} />
                <Button type="submit" size="sm" aria-label={`Close ${one.address} again`}>
                  Close again
                </Button>
              </Form>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

interface AllowAddressProps {
  readonly errors: FieldErrors;
  readonly values: FieldValues;
}

export function AllowAddress({ errors, values }: AllowAddressProps) {
  return (
    <Panel title="Allow an address" id="allow">
      <Form method="post" className="grid max-w-[640px] gap-3" noValidate>
        <input type="hidden" name="intent" value="allow" />
        <TextField
          label="Address, network or host"
          name="address"
          required
          autoComplete="off"
          spellCheck={false}
          placeholder="10.1.0.0/16"
          className="font-mono text-[12.5px]"
          defaultValue={values.address}
          error={errors.address}
          hint="10.1.2.3, 10.1.0.0/16, fd12:3456::/48 or staging.internal. Loopback and cloud metadata only by their own address."
        />
        <TextField
          label="Why"
          name="reason"
          required
          autoComplete="off"
          defaultValue={values.reason}
          error={errors.reason}
          hint="Kept in this list and in the audit."
        />
        <div>
          <Button type="submit" tone="primary">
            Allow address
          </Button>
        </div>
      </Form>
    </Panel>
  );
}
