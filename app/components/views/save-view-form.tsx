import { useFetcher, useLocation } from "@remix-run/react";
import type { ListName } from "~/domain/lists/list-columns.ts";
import type { Environment } from "~/lib/environment.ts";
import type { FieldErrors, FieldValues } from "~/lib/form.ts";
import { paths } from "~/lib/paths.ts";
import { Button } from "../ui/button.tsx";
import { CheckboxField, TextField } from "../ui/field.tsx";

interface SaveViewFormProps {
  readonly list: ListName;
  readonly environment: Environment;
  readonly canShare: boolean;
}

/** Keeps the list on screen under a name. Without JavaScript a refusal is shown by the page of all views. */
export function SaveViewForm({ list, environment, canShare }: SaveViewFormProps) {
  const fetcher = useFetcher<{ errors?: FieldErrors }>();
  const { search } = useLocation();
  return (
    <fetcher.Form method="post" action={paths.views()} className="flex flex-col gap-2.5">
      <SaveViewFields {...{ list, environment, canShare, search }} errors={fetcher.data?.errors ?? {}} values={{}} />
    </fetcher.Form>
  );
}

interface SaveViewFieldsProps extends SaveViewFormProps {
  readonly search: string;
  readonly errors: FieldErrors;
  /** As typed before. */
  readonly values: FieldValues;
}

export function SaveViewFields({ list, environment, canShare, search, errors, values }: SaveViewFieldsProps) {
  return (
    <>
      <input type="hidden" name="intent" value="save" />
      <input type="hidden" name="list" value={list} />
      <input type="hidden" name="search" value={search} />
      <input type="hidden" name="environment" value={environment} />
      <TextField
        label="Save this list as a view"
        name="name"
        id="save-view-name"
        placeholder="Name"
        maxLength={60}
        autoComplete="off"
        required
        defaultValue={values.name}
        error={errors.name}
      />
      {canShare && (
        <CheckboxField
          label="Share with everybody at this desk"
          name="shared"
          id="save-view-shared"
          value="on"
          defaultChecked={values.shared === "on"}
          error={errors.shared}
        />
      )}
      {(errors.form ?? errors.search) && (
        <p role="alert" className="text-sm text-bad">
          {errors.form ?? errors.search}
        </p>
      )}
      <Button tone="primary" size="sm" className="self-start">
        Save view
      </Button>
    </>
  );
}
