import { Dialog } from "../ui/dialog.tsx";
import { useViewer } from "../ui/viewer.tsx";

const keys: readonly (readonly [keys: readonly string[], does: string])[] = [
  [["/"], "Search (also Ctrl or Cmd with K)"],
  [["g", "o"], "Overview"],
  [["g", "p"], "Payments"],
  [["g", "s"], "Sessions"],
  [["g", "w"], "Webhooks"],
  [["g", "r"], "Replays"],
  [["g", "c"], "Reconciliation"],
  [["j"], "Next row"],
  [["k"], "Row before"],
  [["Enter"], "Open the row"],
  [["x"], "Select the row, on lists with boxes"],
  [["c"], "Copy the row's id"],
  [["f"], "Filters"],
  [["?"], "This list"],
];

interface ShortcutsHelpProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

export function ShortcutsHelp({ open, onOpenChange }: ShortcutsHelpProps) {
  const { shortcuts } = useViewer();
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Keyboard shortcuts"
      description={
        shortcuts
          ? "Single keys can be switched off in the operator menu."
          : "Single keys are switched off. Switch them on in the operator menu."
      }
    >
      <dl className="grid grid-cols-[96px_minmax(0,1fr)] gap-y-1.5 text-sm">
        {keys.map(([sequence, does]) => (
          <div key={sequence.join(" ")} className="contents">
            <dt className="flex gap-1">
              {sequence.map((key) => (
                <kbd key={key} className="rounded-sm border border-line-strong bg-sunken px-1.5 text-xs leading-5">
                  {key}
                </kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
