import { EVENT_GROUPS } from "~/domain/webhooks/webhook-setup.ts";
import { CheckboxField, TextField } from "../ui/field.tsx";

interface EventTypeFieldsProps {
  /** `null` is every one. */
  readonly chosen: readonly string[] | null;
  readonly error?: string;
}

const known = new Set(EVENT_GROUPS.flatMap((group) => group.events));

/** Every type, or those ticked and typed. The list folds away while every type is taken, also without JavaScript. */
export function EventTypeFields({ chosen, error }: EventTypeFieldsProps) {
  const others = chosen?.filter((type) => !known.has(type)) ?? [];
  return (
    <fieldset className="group flex flex-col gap-2">
      <legend className="mb-1 font-medium">Event types</legend>
      <div className="flex flex-wrap gap-x-4 gap-y-1">
        <CheckboxField type="radio" label="Every type" name="types" value="all" defaultChecked={chosen === null} />
        <CheckboxField type="radio" label="Only these" name="types" value="chosen" defaultChecked={chosen !== null} />
      </div>
      <div className="flex flex-col gap-3 group-has-[input[value=all]:checked]:hidden">
        <div className="grid gap-x-6 gap-y-3 sm:grid-cols-2">
          {EVENT_GROUPS.map((group) => (
            <div key={group.name} className="flex flex-col gap-1">
              <p className="text-sm text-muted">{group.label}</p>
              {group.events.map((type) => (
                <CheckboxField
                  key={type}
                  label={type}
                  name="eventTypes"
                  value={type}
                  defaultChecked={chosen?.includes(type) ?? false}
                />
              ))}
            </div>
          ))}
        </div>
        <TextField
          label="Other types"
          name="eventTypes"
          autoComplete="off"
          spellCheck={false}
          defaultValue={others.join(" ")}
          error={error}
          hint="As Xendit names them, separated by spaces."
        />
      </div>
    </fieldset>
  );
}
