import { useNavigate } from "@remix-run/react";
import { useEffect, useRef } from "react";
import { isTyping } from "../ui/is-typing.ts";
import { useViewer } from "../ui/viewer.tsx";
import { useEnvironment, useRootData } from "./frame-data.ts";
import { entriesFor, mainEntries } from "./navigation.ts";
import { SEARCH_ID } from "./search-box.tsx";

/** How long `g` waits for its second letter. */
const SEQUENCE_MS = 1200;

/** The desk's keys (UI.md). Single letters can be switched off; Ctrl/Cmd-K is no single letter and stays. */
export function useShortcuts(onHelp: () => void): void {
  const navigate = useNavigate();
  const { shortcuts } = useViewer();
  const { inEnvironment } = useEnvironment();
  const role = useRootData()?.operator?.role;
  const goneAt = useRef(0);

  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      const withModifier = event.ctrlKey || event.metaKey;
      if (withModifier && !event.altKey && event.key.toLowerCase() === "k") return focusSearch(event);
      if (!shortcuts || withModifier || event.altKey || isTyping(event.target)) return;
      const afterG = event.timeStamp - goneAt.current < SEQUENCE_MS;
      goneAt.current = event.key === "g" ? event.timeStamp : Number.NEGATIVE_INFINITY;
      const pages = afterG && role ? entriesFor(role, mainEntries) : [];
      const page = pages.find((entry) => entry.key === event.key);
      if (page) navigate(inEnvironment(page.path));
      else if (event.key === "/") focusSearch(event);
      else if (event.key === "?") onHelp();
      else if (event.key === "f") openFirstFilter(event);
    }
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [shortcuts, navigate, inEnvironment, onHelp, role]);
}

function focusSearch(event: KeyboardEvent): void {
  const box = document.getElementById(SEARCH_ID);
  if (!(box instanceof HTMLInputElement)) return;
  event.preventDefault();
  box.focus();
  box.select();
}

function openFirstFilter(event: KeyboardEvent): void {
  const chip = document.querySelector<HTMLElement>("[data-filter-bar] summary");
  if (!chip) return;
  event.preventDefault();
  chip.focus();
  chip.click();
}
