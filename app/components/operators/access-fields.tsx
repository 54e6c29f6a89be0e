import { CheckboxField, SelectField, TextField } from "~/components/ui/field.tsx";
import { ROLES, roleLabel } from "~/domain/operators/permissions.ts";
import { ENVIRONMENTS, type Environment, environmentLabel } from "~/lib/environment.ts";

interface AccessFieldsProps {
  readonly role?: string;
  /** `null` is all of them. */
  readonly environments?: readonly Environment[] | null;
  readonly businessIds?: readonly string[] | null;
  readonly errors?: Readonly<Record<string, string>>;
}

const roleOptions = ROLES.map((role) => ({ value: role, label: roleLabel[role] }));

/** What an operator may see: role, environments, business ids. For adding one and for changing one. */
export function AccessFields({ role, environments = null, businessIds = null, errors = {} }: AccessFieldsProps) {
  return (
    <>
      <SelectField
        label="Role"
        name="role"
        options={roleOptions}
        defaultValue={role ?? "support"}
        error={errors.role}
        hint="What each role may do is listed below."
      />
      <fieldset className="flex flex-col gap-1">
        <legend className="mb-1 font-medium">Environments</legend>
        <div className="flex flex-wrap gap-4">
          {ENVIRONMENTS.map((environment) => (
            <CheckboxField
              key={environment}
              label={environmentLabel[environment]}
              name="environments"
              value={environment}
              defaultChecked={environments?.includes(environment) ?? true}
            />
          ))}
        </div>
        {errors.environments && <p className="text-sm text-bad">{errors.environments}</p>}
      </fieldset>
      <TextField
        label="Business ids"
        name="businessIds"
        defaultValue={businessIds?.join(" ") ?? ""}
        error={errors.businessIds}
        hint="Separated by spaces. Empty is every business; with ids here, payments that name none are hidden too."
        autoComplete="off"
      />
    </>
  );
}
