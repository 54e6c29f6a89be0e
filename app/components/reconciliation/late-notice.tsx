import type { Adjusted } from "~/domain/reconciliation/adjustment.ts";
import { Notice } from "../ui/notice.tsx";
import { changeText } from "./adjustment-list.tsx";
import { counted } from "./amount-text.ts";

/** The closed page's own word on what came after: its figures stay, the change goes on record elsewhere. */
export function LateNotice({ late, href }: { late: Adjusted; href: string }) {
  if (late.groups === 0) return null;
  return (
    <Notice
      tone="look"
      title={`${counted(late.groups, "payment")} changed after closing; in the next close`}
      action={
        <a href={href} className="link text-sm">
          Show them
        </a>
      }
    >
      {late.figures.map(changeText).join("; ")}. The figures below stay as they were frozen.
    </Notice>
  );
}
