import { createContext, useContext } from "react";

const NonceContext = createContext<string | undefined>(undefined);

/** Set by entry.server around the whole document. */
export const NonceProvider = NonceContext.Provider;

/** For `<Scripts>` and `<ScrollRestoration>`. Undefined in the browser, which hides nonces from pages anyway. */
export function useNonce(): string | undefined {
  return useContext(NonceContext);
}
