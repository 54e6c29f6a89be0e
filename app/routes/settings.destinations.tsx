import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { AllowAddress, AllowedAddresses } from "~/components/destinations/allowed-addresses.tsx";
import { Notice } from "~/components/ui/notice.tsx";
import { Page } from "~/components/ui/page.tsx";
import { useFocusError } from "~/components/ui/use-focus-error.ts";
import { AllowAddressForm, allowRefusals, DisallowAddressForm } from "~/domain/destinations/allowed-address.ts";
import { allowAddress, disallowAddress, listAllowedAddresses } from "~/domain/destinations/allowed-addresses.server.ts";
import { destinationPolicy } from "~/domain/destinations/destination-policy.server.ts";
import { requireOperator } from "~/domain/operators/require-operator.server.ts";
import { parseForm, refuseForm } from "~/lib/form.ts";
import { paths } from "~/lib/paths.ts";
import { redirectWithToast } from "~/lib/toast.server.ts";

export const meta: MetaFunction = () => [{ title: "Private addresses · Paydesk" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  await requireOperator({ request, context }, "settings:write");
  const [addresses, policy] = await Promise.all([
    listAllowedAddresses(context.db),
    destinationPolicy(context.db, context.config),
  ]);
  return { addresses, allowsLoopback: policy.allowLoopback };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const by = await requireOperator({ request, context }, "settings:write");
  const form = await request.formData();
  const now = new Date();
  if (form.get("intent") === "disallow") {
    const parsed = parseForm(DisallowAddressForm, form);
    if (!parsed.ok) return data(parsed, { status: 400 });
    const { address } = parsed.value;
    const removed = await disallowAddress(context.db, address, { by, now });
    if (!removed.ok) return data(refuseForm(form, { form: allowRefusals[removed.refusal] }), { status: 409 });
    return done(`${address} is closed again`, context);
  }
  const parsed = parseForm(AllowAddressForm, form);
  if (!parsed.ok) return data(parsed, { status: 400 });
  const added = await allowAddress(context.db, parsed.value, { by, now });
  if (!added.ok) return data(refuseForm(form, { address: allowRefusals[added.refusal] }), { status: 409 });
  return done(`${parsed.value.address} may be sent to now`, context);
}

function done(text: string, context: ActionFunctionArgs["context"]) {
  return redirectWithToast(paths.settingsDestinations(), { tone: "good", text }, context);
}

export default function AllowedAddressesPage() {
  const { addresses, allowsLoopback } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  useFocusError(refused);
  return (
    <Page
      title="Private addresses"
      subtitle="Destinations reach public addresses. What lies inside your network is closed to them unless it is named here."
      narrow
    >
      {refused?.errors.form && <Notice tone="bad" urgent title={refused.errors.form} />}
      <Notice tone="look" title="Every address here can be called by whoever may write destinations">
        They see the beginning of what it answers. Name single addresses rather than networks, and take out what is no
        longer needed. This desk itself stays closed, whatever is named.
      </Notice>
      <div className="flex flex-col gap-4">
        <AllowedAddresses addresses={addresses} />
        {/* A new key empties the fields after one was added. */}
        <AllowAddress key={addresses.length} errors={refused?.errors ?? {}} values={refused?.values ?? {}} />
        <p className="max-w-[72ch] text-sm text-muted">
          {allowsLoopback
            ? "Loopback is open as well: this desk runs on a machine of its own, and no live payment can be in it. A live key or token closes it."
            : "Loopback is closed: this desk is reached from outside, or live payments can be in it."}
        </p>
      </div>
    </Page>
  );
}
