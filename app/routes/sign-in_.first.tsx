import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, useActionData, useLoaderData, useNavigation } from "@remix-run/react";
import { z } from "zod";
import { SignFrame } from "~/components/operators/sign-frame.tsx";
import { Button, ButtonLink } from "~/components/ui/button.tsx";
import { TextField } from "~/components/ui/field.tsx";
import { Notice } from "~/components/ui/notice.tsx";
import { createFirstAdministrator } from "~/domain/operators/add-operator.server.ts";
import { isFirstLinkOpen } from "~/domain/operators/first-link.server.ts";
import { NewPassword } from "~/domain/operators/operator-form.ts";
import { parseForm, refuseForm } from "~/lib/form.ts";
import { paths } from "~/lib/paths.ts";
import { redirectWithToast } from "~/lib/toast.server.ts";

export const meta: MetaFunction = () => [{ title: "Create administrator · Paydesk" }];

const FirstForm = z.object({
  email: z.email("Type an e-mail address."),
  password: NewPassword,
});

export async function loader({ request, context: { db } }: LoaderFunctionArgs) {
  const isOpen = await isFirstLinkOpen(db, { token: tokenOf(request), now: new Date() });
  return data({ isOpen }, { status: isOpen ? 200 : 410 });
}

export async function action({ request, context }: ActionFunctionArgs) {
  const { db, config } = context;
  const formData = await request.formData();
  const form = parseForm(FirstForm, formData);
  if (!form.ok) return data(form, { status: 400 });

  const result = await createFirstAdministrator(db, config, {
    ...form.value,
    token: tokenOf(request),
    now: new Date(),
  });
  if (!result.ok) return data(refuseForm(formData, { form: "This link does not work any more." }), { status: 410 });
  const toast = { tone: "good", text: "You are the first administrator." } as const;
  return redirectWithToast(paths.overview(), toast, context, { "Set-Cookie": result.value.cookie });
}

function tokenOf(request: Request): string {
  return new URL(request.url).searchParams.get("token") ?? "";
}

export default function FirstAdministratorPage() {
  const { isOpen } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const isBusy = useNavigation().state !== "idle";
  if (!isOpen) return <ClosedLink />;
  return (
    <SignFrame title="Create administrator">
      <p className="mb-4 text-muted">Nobody can sign in here yet. You will, and then you can add others.</p>
      {refused?.errors.form && (
        <Notice tone="bad" urgent title="Not created">
          {refused.errors.form}
        </Notice>
      )}
      <Form method="post" className="flex flex-col gap-4">
        <TextField
          label="Email"
          name="email"
          type="email"
          autoComplete="username"
          defaultValue={refused?.values.email}
          error={refused?.errors.email}
          required
          autoFocus
        />
        <TextField
          label="Password"
          name="password"
          type="password"
          autoComplete="new-password"
          // The error says the same.
          hint={refused?.errors.password ? undefined : "At least 8 characters; a sentence is easiest to remember."}
          error={refused?.errors.password}
          required
        />
        <Button tone="primary" type="submit" disabled={isBusy}>
          Create administrator
        </Button>
      </Form>
    </SignFrame>
  );
}

function ClosedLink() {
  return (
    <SignFrame title="This link does not work">
      <p className="mb-4 text-muted">
        It was used, is older than 60 minutes, or somebody can sign in already. While nobody can, each start of the
        server prints a new one.
      </p>
      <ButtonLink to={paths.signIn()}>Sign in</ButtonLink>
    </SignFrame>
  );
}
