import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from "react";

/** How the person at the desk wants to read: their zone, and the instant "3 min ago" is counted from. */
export interface Viewer {
  readonly zone: string;
  readonly now: number;
  readonly shortcuts: boolean;
}

const ViewerContext = createContext<Viewer>({ zone: "UTC", now: 0, shortcuts: false });

export const useViewer = () => useContext(ViewerContext);

/**
 * `now` comes from the server, so that server and browser draw the same words; half a minute later the browser's own
 * clock takes over.
 */
export function ViewerProvider({ zone, now, shortcuts, children }: Viewer & { children: ReactNode }) {
  const [ticked, setTicked] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setTicked(Date.now()), 30_000);
    return () => clearInterval(timer);
  }, []);
  const viewer = useMemo(() => ({ zone, now: Math.max(now, ticked), shortcuts }), [zone, now, ticked, shortcuts]);
  return <ViewerContext.Provider value={viewer}>{children}</ViewerContext.Provider>;
}
