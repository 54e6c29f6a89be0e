import { useFetcher, useSubmit } from "@remix-run/react";
import { Keyboard, LogOut } from "lucide-react";
import { roleLabel } from "~/domain/operators/permissions.ts";
import { paths } from "~/lib/paths.ts";
import { Menu, MenuChoice, MenuItem, MenuLabel, MenuSeparator, MenuSwitch } from "../ui/menu.tsx";
import { PREFERENCES_KEY, usePreferences } from "./frame-data.ts";
import type { Role } from "./navigation.ts";

interface OperatorMenuProps {
  readonly operator: { readonly email: string; readonly role: Role };
  readonly onHelp: () => void;
}

export function OperatorMenu({ operator, onHelp }: OperatorMenuProps) {
  const fetcher = useFetcher({ key: PREFERENCES_KEY });
  const submit = useSubmit();
  const { theme, density, shortcuts } = usePreferences();
  const save = (changes: Record<string, string>) => fetcher.submit(changes, { method: "post", action: "/preferences" });
  return (
    <Menu
      trigger={
        <button
          type="button"
          aria-label={`Operator menu: ${operator.email}`}
          className="inline-flex size-8 shrink-0 items-center justify-center rounded-full border border-line-strong bg-sunken text-sm font-semibold text-muted uppercase hover:text-ink"
        >
          {operator.email.slice(0, 1)}
        </button>
      }
    >
      <div className="px-2 py-1.5">
        <p className="max-w-[240px] truncate font-medium">{operator.email}</p>
        <p className="text-xs text-muted">{roleLabel[operator.role]}</p>
      </div>
      <MenuSeparator />
      <MenuLabel>Theme</MenuLabel>
      <MenuChoice
        value={theme}
        onChange={(chosen) => save({ theme: chosen })}
        options={[
          { value: "system", label: "As the system" },
          { value: "light", label: "Light" },
          { value: "dark", label: "Dark" },
        ]}
      />
      <MenuLabel>Rows</MenuLabel>
      <MenuChoice
        value={density}
        onChange={(chosen) => save({ density: chosen })}
        options={[
          { value: "comfortable", label: "Comfortable" },
          { value: "compact", label: "Compact" },
        ]}
      />
      <MenuSeparator />
      <MenuSwitch checked={shortcuts} onChange={(on) => save({ shortcuts: on ? "on" : "off" })}>
        Single-key shortcuts
      </MenuSwitch>
      <MenuItem onSelect={onHelp}>
        <Keyboard size={14} aria-hidden className="text-muted" /> Keyboard shortcuts
      </MenuItem>
      <MenuSeparator />
      <MenuItem onSelect={() => submit(null, { method: "post", action: paths.signOut() })}>
        <LogOut size={14} aria-hidden className="text-muted" /> Sign out
      </MenuItem>
    </Menu>
  );
}
