import { useNavigate } from "@remix-run/react";
import { type RefObject, useEffect } from "react";
import { isTyping } from "../ui/is-typing.ts";
import { useViewer } from "../ui/viewer.tsx";

/**
 * The keys of a list (UI.md): `j k` move, Enter opens, `x` selects, `c` copies the row's id. Enter works on a focused row
 * even with shortcuts switched off; the letters do not.
 */
export function useRowKeys(body: RefObject<HTMLTableSectionElement>): void {
  const navigate = useNavigate();
  const { shortcuts } = useViewer();
  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      if (!body.current || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      const rows = [...body.current.rows];
      const row = event.target instanceof Element ? event.target.closest("tr") : null;
      const at = row ? rows.indexOf(row) : -1;
      if (event.key === "Enter" && at >= 0 && event.target === row && row?.dataset.href) navigate(row.dataset.href);
      if (!shortcuts) return;
      if (event.key === "j") move(rows, at + 1);
      else if (event.key === "k") move(rows, at < 0 ? rows.length - 1 : at - 1);
      else if (event.key === "x" && at >= 0) row?.querySelector<HTMLInputElement>('input[type="checkbox"]')?.click();
      else if (event.key === "c" && at >= 0) row?.querySelector<HTMLElement>("[data-copy-button]")?.click();
    }
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [body, navigate, shortcuts]);
}

function move(rows: readonly HTMLTableRowElement[], to: number): void {
  const row = rows[Math.min(Math.max(to, 0), rows.length - 1)];
  row?.focus();
  row?.scrollIntoView({ block: "nearest" });
}
