import { Form, useNavigation } from "@remix-run/react";
import type { FieldErrors, FieldValues } from "~/lib/form.ts";
import { COMMON_ZONES } from "~/lib/zone.ts";
import { Button } from "../ui/button.tsx";
import { TextField } from "../ui/field.tsx";
import { Panel } from "../ui/panel.tsx";

interface ZonePanelProps {
  readonly zone: string;
  /** A day is closed: it stays. */
  readonly isFixed: boolean;
  readonly canChange: boolean;
  readonly errors: FieldErrors;
  readonly values: FieldValues;
}

/** One zone for every environment: it says which day an instant belongs to. */
export function ZonePanel({ zone, isFixed, canChange, errors, values }: ZonePanelProps) {
  const isBusy = useNavigation().formData?.get("intent") === "zone";
  return (
    <Panel title="Accounting zone" id="zone">
      <p className="text-sm text-muted">
        Business days, closing and day totals of every environment are in this one zone.{" "}
        {isFixed && "Days are closed in it, so it stays: reopen them all to change it."}
      </p>
      {canChange && !isFixed ? (
        <Form method="post" className="mt-3 flex max-w-[420px] flex-col gap-3">
          <input type="hidden" name="intent" value="zone" />
          <TextField
            label="Zone"
            name="zone"
            list="accounting-zones"
            autoComplete="off"
            defaultValue={values.zone ?? zone}
            error={errors.zone}
            hint="An IANA name. Changing it matches everything anew. Once a day is closed it cannot be changed."
          />
          <datalist id="accounting-zones">
            {COMMON_ZONES.map((one) => (
              <option key={one} value={one} />
            ))}
          </datalist>
          <div>
            <Button type="submit" disabled={isBusy}>
              Change the zone
            </Button>
          </div>
        </Form>
      ) : (
        <p className="mt-2 font-medium">{zone}</p>
      )}
    </Panel>
  );
}
