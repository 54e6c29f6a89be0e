import { useFetcher, useLocation } from "@remix-run/react";
import { ArrowDown, ArrowUp, Columns3, Pin } from "lucide-react";
import { useEffect, useRef } from "react";
import type { ListName } from "~/domain/lists/list-columns.ts";
import { ColumnsForm, chosenColumns, offeredColumns, settleColumns } from "~/domain/lists/list-columns.ts";
import { paths } from "~/lib/paths.ts";
import { Dropdown } from "../table/dropdown.tsx";
import { Button, buttonClass } from "../ui/button.tsx";

interface ColumnsMenuProps {
  readonly list: ListName;
  /** Ids of the columns on screen, in order; the first is pinned. */
  readonly shown: readonly string[];
  /** What a column is called, by id. */
  readonly names: ReadonlyMap<string, string>;
}

/** Which columns a list shows and in what order, remembered for this operator. Every change is sent at once. */
export function ColumnsMenu({ list, shown: kept, names }: ColumnsMenuProps) {
  const fetcher = useFetcher();
  const { pathname, search } = useLocation();
  const shown = chosenBy(fetcher.formData) ?? kept;
  const { form, remember } = useKeptFocus(shown);
  const isShown = new Set(shown);
  return (
    <Dropdown
      label="Columns"
      align="end"
      width="sm:w-[300px]"
      summaryClass={buttonClass({})}
      summary={
        <>
          <Columns3 size={14} aria-hidden /> Columns
        </>
      }
    >
      <fetcher.Form method="post" action={paths.preferredColumns()} ref={form}>
        <input type="hidden" name="list" value={list} />
        <noscript>
          <input type="hidden" name="next" value={pathname + search} />
        </noscript>
        <fieldset>
          <legend className="mb-1 text-xs font-medium text-muted">Columns, in their order</legend>
          <ul className="-mx-1 max-h-[min(420px,60vh)] overflow-auto">
            {offeredColumns(list, shown).map((id, index) => (
              <li key={id} className="flex min-h-8 items-center justify-between gap-2 rounded-sm px-1 hover:bg-hover">
                {index === 0 ? (
                  <PinnedColumn name={names.get(id) ?? id} />
                ) : (
                  <>
                    <label className="flex min-w-0 flex-1 items-center gap-2 text-sm">
                      <input
                        type="checkbox"
                        name="columns"
                        value={id}
                        // A new key makes the box follow what was kept.
                        key={String(isShown.has(id))}
                        defaultChecked={isShown.has(id)}
                        onChange={(event) => {
                          remember(`input[value="${id}"]`);
                          fetcher.submit(event.currentTarget.form);
                        }}
                      />
                      <span className="truncate">{names.get(id) ?? id}</span>
                    </label>
                    {isShown.has(id) && (
                      <span className="flex">
                        <MoveButton direction="up" id={id} name={names.get(id) ?? id} onMove={remember} />
                        <MoveButton direction="down" id={id} name={names.get(id) ?? id} onMove={remember} />
                      </span>
                    )}
                  </>
                )}
              </li>
            ))}
          </ul>
        </fieldset>
        <div className="mt-2 flex gap-2 border-t border-line pt-2">
          <noscript>
            <Button tone="primary" size="sm">
              Apply
            </Button>
          </noscript>
          <Button size="sm" tone="quiet" name="reset" value="yes">
            Reset to standard
          </Button>
        </div>
      </fetcher.Form>
    </Dropdown>
  );
}

function PinnedColumn({ name }: { name: string }) {
  return (
    <span className="flex items-center gap-2 text-sm text-muted">
      <Pin size={13} aria-hidden className="mx-px" /> {name}
      <span className="text-xs">always first</span>
    </span>
  );
}

interface MoveButtonProps {
  readonly direction: "up" | "down";
  readonly id: string;
  readonly name: string;
  readonly onMove: (selector: string) => void;
}

function MoveButton({ direction, id, name, onMove }: MoveButtonProps) {
  const Arrow = direction === "up" ? ArrowUp : ArrowDown;
  const value = `${direction}:${id}`;
  return (
    <button
      type="submit"
      name="move"
      value={value}
      aria-label={`Move ${name} ${direction}`}
      onClick={() => onMove(`button[value="${value}"]`)}
      className="inline-flex size-7 items-center justify-center rounded-sm text-muted hover:bg-sunken hover:text-ink"
    >
      <Arrow size={13} aria-hidden />
    </button>
  );
}

/** A row that moves takes the focus off its button; whoever pressed it means to press it again. */
function useKeptFocus(shown: readonly string[]) {
  const form = useRef<HTMLFormElement>(null);
  const pressed = useRef<string | null>(null);
  const order = shown.join(" ");
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is the order that moves rows
  useEffect(() => {
    if (pressed.current) form.current?.querySelector<HTMLElement>(pressed.current)?.focus();
    pressed.current = null;
  }, [order]);
  const remember = (selector: string) => {
    pressed.current = selector;
  };
  return { form, remember };
}

/** What a change on its way to the server will come to, so that the menu does not wait for it. */
function chosenBy(sent: FormData | undefined): readonly string[] | null {
  if (!sent) return null;
  const form = ColumnsForm.safeParse({ ...Object.fromEntries(sent), columns: sent.getAll("columns") });
  return form.success ? settleColumns(form.data.list, chosenColumns(form.data)) : null;
}
