import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, useActionData, useLoaderData, useNavigation } from "@remix-run/react";
import { z } from "zod";
import { SignFrame } from "~/components/operators/sign-frame.tsx";
import { Button } from "~/components/ui/button.tsx";
import { TextField } from "~/components/ui/field.tsx";
import { Notice } from "~/components/ui/notice.tsx";
import { hasOperators } from "~/domain/operators/first-link.server.ts";
import { nextPath } from "~/domain/operators/next-path.ts";
import { findOperator } from "~/domain/operators/require-operator.server.ts";
import { signIn, signInRefusals } from "~/domain/operators/sign-in.server.ts";
import { parseForm, refuseForm } from "~/lib/form.ts";

export const meta: MetaFunction = () => [{ title: "Sign in · Paydesk" }];

const SignInForm = z.object({
  email: z.string().trim().min(1, "Type your e-mail address."),
  password: z.string().min(1, "Type your password."),
});

export async function loader({ request, context }: LoaderFunctionArgs) {
  const next = nextPath(new URL(request.url).searchParams.get("next"));
  if (await findOperator({ request, context })) throw redirect(next);
  return { isFirstStart: !(await hasOperators(context.db)) };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const { db, config, address } = context;
  const formData = await request.formData();
  const form = parseForm(SignInForm, formData);
  if (!form.ok) return data(form, { status: 400 });

  const result = await signIn(db, config, { ...form.value, address, now: new Date() });
  if (!result.ok) {
    const status = result.refusal === "throttled" ? 429 : 401;
    return data(refuseForm(formData, { form: signInRefusals[result.refusal] }), { status });
  }
  const next = nextPath(new URL(request.url).searchParams.get("next"));
  return redirect(next, { headers: { "Set-Cookie": result.value.cookie } });
}

export default function SignInPage() {
  const { isFirstStart } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const isBusy = useNavigation().state !== "idle";
  return (
    <SignFrame title="Sign in">
      {isFirstStart && (
        <Notice tone="look" title="Nobody can sign in yet">
          The server printed a link for the first administrator when it started. Open that one.
        </Notice>
      )}
      {refused?.errors.form && (
        <Notice tone="bad" urgent title="Not signed in">
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
          autoComplete="current-password"
          error={refused?.errors.password}
          required
        />
        <Button tone="primary" type="submit" disabled={isBusy}>
          Sign in
        </Button>
      </Form>
    </SignFrame>
  );
}
