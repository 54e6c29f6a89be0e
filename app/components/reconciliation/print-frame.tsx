import { Printer } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "../ui/button.tsx";

/** A sheet to be printed, with the way back above it, which stays off the paper. */
export function PrintFrame({ back, children }: { back: ReactNode; children: ReactNode }) {
  return (
    <div className="px-4 pt-4 pb-12 md:px-6 print:p-0">
      <div className="mb-4 flex max-w-[860px] flex-wrap items-center justify-between gap-2 print:hidden">
        <div className="text-sm text-muted">{back}</div>
        <Button type="button" tone="primary" onClick={() => window.print()}>
          <Printer size={15} aria-hidden />
          Print
        </Button>
      </div>
      {children}
    </div>
  );
}
