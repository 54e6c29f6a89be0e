import { useLocation } from "@remix-run/react";
import { Menu as MenuIcon, X } from "lucide-react";
import { Dialog } from "radix-ui";
import { useEffect, useState } from "react";
import type { Role } from "./navigation.ts";
import { RailLinks } from "./rail.tsx";

/** The rail on a phone: a sheet from the left, gone as soon as it led somewhere. */
export function RailSheet({ role }: { role: Role }) {
  const { key } = useLocation();
  const [openAt, setOpenAt] = useState<string | null>(null);
  useEffect(() => setOpenAt((at) => (at === key ? at : null)), [key]);
  return (
    <Dialog.Root open={openAt === key} onOpenChange={(open) => setOpenAt(open ? key : null)}>
      <Dialog.Trigger
        aria-label="Open navigation"
        className="inline-flex size-8 shrink-0 items-center justify-center rounded-md text-muted hover:bg-hover sm:hidden"
      >
        <MenuIcon size={18} aria-hidden />
      </Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-[rgb(10_16_28/0.45)]" />
        <Dialog.Content
          aria-describedby={undefined}
          className="fixed inset-y-0 left-0 z-50 flex w-[264px] flex-col border-r border-line bg-surface p-3"
        >
          <div className="mb-3 flex items-center justify-between pl-2">
            <Dialog.Title className="font-semibold">Paydesk</Dialog.Title>
            <Dialog.Close
              aria-label="Close navigation"
              className="inline-flex size-8 items-center justify-center rounded-md text-muted hover:bg-hover"
            >
              <X size={16} aria-hidden />
            </Dialog.Close>
          </div>
          <nav aria-label="Main">
            <RailLinks role={role} />
          </nav>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
