import { Link } from "@remix-run/react";
import type { Forward } from "~/domain/forward/forward.ts";
import { environmentLabel } from "~/lib/environment.ts";
import { paths } from "~/lib/paths.ts";
import { Facts, Panel } from "../ui/panel.tsx";

/** What is sent, what is not, and in which order. */
export function ForwardRules({ forward }: { forward: Forward }) {
  const { environments, eventTypes, inOrder, destinationId } = forward;
  return (
    <Panel
      title="What is sent"
      actions={
        <Link to={paths.destination(destinationId)} className="link text-sm">
          Its settings
        </Link>
      }
    >
      <Facts
        items={[
          {
            label: "Environments",
            value: environments.length > 0 ? environments.map((one) => environmentLabel[one]).join(", ") : "none",
          },
          { label: "Events", value: eventTypes === null ? "every type" : eventTypes.join(", ") },
          {
            label: "Order",
            value: inOrder
              ? "one payment's events one after another; a failing one holds up its payment only"
              : "as they arrive, several at a time",
          },
          { label: "Sent too", value: "conflicts, and what is only stored: everything Xendit sent" },
          {
            label: "Left out",
            value:
              "quarantined events, those with masked or expunged bodies, and what a replay from here brought back; each is listed with its reason",
          },
          { label: "Not sent", value: "a second arrival of the same event; what is put right in quarantine later" },
        ]}
      />
    </Panel>
  );
}
