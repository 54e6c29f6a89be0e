import { useEffect } from "react";

/**
 * A refused form is answered above the button that was pressed, perhaps out of sight: goes to the first field that is
 * wrong, else to the notice that says what is.
 */
export function useFocusError(refused: unknown): void {
  useEffect(() => {
    if (!refused) return;
    const notice = document.querySelector<HTMLElement>("main [role=alert]");
    const field = document.querySelector<HTMLElement>("main [aria-invalid=true]");
    (notice ?? field)?.scrollIntoView({ block: "center" });
    field?.focus({ preventScroll: notice !== null });
  }, [refused]);
}
