/** The meanings a colour may carry (UI.md). Always beside an icon or a word. */
export type Tone = "good" | "bad" | "waiting" | "look" | "unknown";

/** Text on its own soft ground, with a border: pills and notices. */
export const softTone: Record<Tone, string> = {
  good: "bg-good-soft text-good border-good-line",
  bad: "bg-bad-soft text-bad border-bad-line",
  waiting: "bg-waiting-soft text-waiting border-waiting-line",
  look: "bg-look-soft text-look border-look-line",
  unknown: "bg-unknown-soft text-unknown border-unknown-line",
};

export const textTone: Record<Tone, string> = {
  good: "text-good",
  bad: "text-bad",
  waiting: "text-waiting",
  look: "text-look",
  unknown: "text-unknown",
};
