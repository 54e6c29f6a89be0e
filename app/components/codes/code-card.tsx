import { Popover } from "radix-ui";
import {
  createContext,
  type PointerEvent,
  type ReactNode,
  type SyntheticEvent,
  useCallback,
  useContext,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
} from "react";
import type { CodeReading } from "~/xendit/codes/reading.ts";
import { CodeCardContent } from "./code-card-content.tsx";

/**
 * A list draws hundreds of code badges and at most one card is open, so there is one card for the whole page, moved to
 * whichever badge is hovered, focused or tapped.
 */
interface Shown {
  readonly anchor: HTMLElement;
  readonly reading: CodeReading;
  readonly kind?: string;
}

interface CodeCards {
  show(shown: Shown, delay: number): void;
  hide(delay: number): void;
}

/** Never changes while a page lives: moving the card must not draw every badge again. */
const CodeCardContext = createContext<CodeCards | null>(null);

const OPEN_DELAY = 140;
const CLOSE_DELAY = 120;

export function CodeCardProvider({ children }: { children: ReactNode }) {
  const cardId = useId();
  const [shown, setShown] = useState<Shown | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>();
  const later = useCallback((next: Shown | null, delay: number) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setShown(next), delay);
  }, []);
  const cards = useMemo<CodeCards>(
    () => ({ show: (next, delay) => later(next, delay), hide: (delay) => later(null, delay) }),
    [later],
  );
  // By hand, because the badge does not know that it is the one.
  useEffect(() => {
    shown?.anchor.setAttribute("aria-describedby", cardId);
    return () => shown?.anchor.removeAttribute("aria-describedby");
  }, [shown, cardId]);
  return (
    <CodeCardContext.Provider value={cards}>
      {children}
      {shown?.anchor.isConnected && (
        <Popover.Root open onOpenChange={(open) => !open && later(null, 0)}>
          <Popover.Anchor virtualRef={{ current: shown.anchor }} />
          <Popover.Portal>
            <Popover.Content
              id={cardId}
              role="tooltip"
              side="bottom"
              align="start"
              sideOffset={4}
              collisionPadding={8}
              className="lifted z-50 w-[320px] max-w-[calc(100vw-16px)] p-3 text-sm"
              onOpenAutoFocus={(event) => event.preventDefault()}
              onCloseAutoFocus={(event) => event.preventDefault()}
              onPointerEnter={() => clearTimeout(timer.current)}
              onPointerLeave={() => later(null, CLOSE_DELAY)}
            >
              <CodeCardContent reading={shown.reading} kind={shown.kind} />
            </Popover.Content>
          </Popover.Portal>
        </Popover.Root>
      )}
    </CodeCardContext.Provider>
  );
}

/** What a badge must carry to open the card. */
export function useCodeCard(reading: CodeReading, kind?: string) {
  const cards = useContext(CodeCardContext);
  const show = (event: SyntheticEvent<HTMLElement>, delay: number) =>
    cards?.show({ anchor: event.currentTarget, reading, kind }, delay);
  return {
    onPointerEnter: (event: PointerEvent<HTMLElement>) => event.pointerType === "mouse" && show(event, OPEN_DELAY),
    onPointerLeave: () => cards?.hide(CLOSE_DELAY),
    onFocus: (event: SyntheticEvent<HTMLElement>) => event.currentTarget.matches(":focus-visible") && show(event, 0),
    onBlur: () => cards?.hide(0),
    onClick: (event: SyntheticEvent<HTMLElement>) => show(event, 0),
  };
}
