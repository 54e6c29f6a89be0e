import { useNavigation } from "@remix-run/react";
import { type ReactNode, useCallback, useState } from "react";
import { CodeCardProvider } from "../codes/code-card.tsx";
import { ViewEnvironment } from "../ui/copy-link.tsx";
import { EnvironmentSwitch } from "./environment-switch.tsx";
import { useEnvironment, usePreferences } from "./frame-data.ts";
import type { Role } from "./navigation.ts";
import { OperatorMenu } from "./operator-menu.tsx";
import { Rail } from "./rail.tsx";
import { RailSheet } from "./rail-sheet.tsx";
import { SearchBox } from "./search-box.tsx";
import { useShortcuts } from "./shortcuts.tsx";
import { ShortcutsHelp } from "./shortcuts-help.tsx";
import { ZoneMenu } from "./zone-menu.tsx";

interface FrameProps {
  readonly operator: { readonly email: string; readonly role: Role };
  readonly children: ReactNode;
}

/** What stands around every page of somebody who is signed in. */
export function Frame({ operator, children }: FrameProps) {
  const { rail } = usePreferences();
  const { environment } = useEnvironment();
  const navigation = useNavigation();
  const [helpOpen, setHelpOpen] = useState(false);
  const showHelp = useCallback(() => setHelpOpen(true), []);
  useShortcuts(showHelp);
  return (
    <div className="frame" data-rail={rail}>
      <a
        href="#main"
        className="lifted sr-only z-50 px-3 py-1.5 focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        Skip to the page
      </a>
      <Rail role={operator.role} />
      <div className="min-w-0">
        <header
          className="frame-bar frame-band flex items-center gap-2 px-3 md:gap-3 md:px-6"
          data-environment={environment}
        >
          <RailSheet role={operator.role} />
          <SearchBox />
          <div className="ml-auto flex items-center gap-2">
            <EnvironmentSwitch />
            <ZoneMenu />
            <OperatorMenu operator={operator} onHelp={showHelp} />
          </div>
        </header>
        <main id="main" tabIndex={-1} className="frame-main outline-none" aria-busy={navigation.state === "loading"}>
          <ViewEnvironment.Provider value={environment}>
            <CodeCardProvider>{children}</CodeCardProvider>
          </ViewEnvironment.Provider>
        </main>
      </div>
      <ShortcutsHelp open={helpOpen} onOpenChange={setHelpOpen} />
    </div>
  );
}
